using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Switchboard.Testing.Postgres;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Programs;

/// <summary>What keeps a silo from starting is said in one line, with what to do and without a password.</summary>
public sealed class SiloStartTests(Database database) : IClassFixture<Database>
{
    private const string Database = "Switchboard:Cluster:ConnectionString";

    [Fact]
    public async Task Silo_WithNoDatabaseReachable_SaysWhereItLooked()
    {
        int port = Ports.Free();

        await FailsAsync(
            With(settings => settings.Port = port),
            $"can't reach database \"switchboard\" at 127.0.0.1:{port} as user \"switchboard\": Connection refused");
    }

    [Fact]
    public async Task Silo_WithAWrongPassword_SaysForWhichUser() => await FailsAsync(
        With(settings => settings.Password = "hush-hush"),
        "wrong password for database \"switchboard\" at 127.0.0.1:", " as user \"switchboard\"");

    [Fact]
    public async Task Silo_WithAWrongDatabase_SaysThatThereIsNone() => await FailsAsync(
        With(settings => settings.Database = "nowhere"), "there is no database \"nowhere\" at", "create it first");

    [Fact]
    public async Task Silo_WithoutTheSchema_SaysHowToApplyIt() => await FailsAsync(
        await database.Server.CreateDatabaseAsync(),
        "the database has no schema of Switchboard yet; apply it with the command \"schema apply\"");

    [Theory]
    [InlineData(0, "the database's schema is too old: it has version 0, needed is 1; apply it with the command \"schema apply\"")]
    [InlineData(99, "this program is older than the database's schema: it knows version 1, the database has 99; run a newer program")]
    public async Task Silo_WithAnotherSchema_NamesBothVersions(int version, string says)
    {
        string connectionString = await database.Server.CreateDatabaseAsync();
        await using RunningProgram apply = RunningProgram.StartDotnet(
            Checkout.Silo, ["schema", "apply", $"--{Database}={connectionString}"]);
        Assert.Equal(0, await apply.EndAsync());
        await using (NpgsqlConnection connection = new(connectionString))
        {
            await connection.OpenAsync();
            await using NpgsqlCommand command = new(
                string.Create(CultureInfo.InvariantCulture, $"update switchboard_schema set version = {version}"), connection);
            await command.ExecuteNonQueryAsync();
        }

        await FailsAsync(connectionString, says);
    }

    [Fact]
    public async Task Silo_WithDurableRoomsAndNoDatabase_SaysWhatToSet() => await FailsAsync(
        null,
        ["--Switchboard:Backplane:Rooms:Default:Durable=true"],
        "a kind of rooms is durable, which takes a database: set Switchboard:Cluster:ConnectionString");

    [Theory]
    [InlineData("--Switchboard:Silo:Adress=10.0.0.1", "Adress")]
    [InlineData("--Switchboard:Sillo:Address=10.0.0.1", "there is no setting Switchboard:Sillo")]
    [InlineData("--Switchboard:Silo:SiloPort=0", "Switchboard:Silo:SiloPort must be 1 to 65535, but is 0")]
    [InlineData("--Switchboard:Webhooks:Endpoints:0:Url=/hooks", "Switchboard:Webhooks:Endpoints:0.Url must be an absolute")]
    [InlineData("--Switchboard:Silo:Address=no.such.host.invalid", "Switchboard:Silo:Address 'no.such.host.invalid' is no IP address")]
    [InlineData("--Switchboard:Silo:Address=192.0.2.77", "correct Switchboard:Silo:Address or SiloPort")]
    [InlineData("--Switchboard:Cluster:ConnectionString=Pasword=hush-hush", "the connection string can't be read")]
    public async Task Silo_WithAWrongSetting_NamesIt(string setting, string says) =>
        await FailsAsync(database.Server.ConnectionString, [setting], says);

    [Fact]
    public async Task Silo_OnATakenPort_SaysWhichOne()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await FailsAsync(
            null,
            [$"--Switchboard:Silo:GatewayPort={port}"],
            $"another program listens on port {port} of 127.0.0.1; set Switchboard:Silo:GatewayPort to another one");
    }

    [Fact]
    public async Task Silo_ToldToStopWhileItWaitsForTheFirst_EndsWithoutAnError()
    {
        using TcpListener first = new(IPAddress.Loopback, 0);
        first.Start();
        await using RunningProgram silo = RunningProgram.StartDotnet(
            Checkout.Silo,
            [
                "--urls", "http://127.0.0.1:0",
                $"--Switchboard:Silo:SiloPort={Ports.Free()}", $"--Switchboard:Silo:GatewayPort={Ports.Free()}",
                $"--Switchboard:Silo:PrimaryPort={((IPEndPoint)first.LocalEndpoint).Port}",
            ]);
        using Socket asked = await first.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(0, await silo.StopAsync());
        Assert.DoesNotContain("Unhandled exception", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_WithAWrongPassword_IsNotApplied()
    {
        await using RunningProgram apply = RunningProgram.StartDotnet(
            Checkout.Silo, ["schema", "apply", $"--{Database}={With(settings => settings.Password = "hush-hush")}"]);

        Assert.Equal(1, await apply.EndAsync());
        Assert.StartsWith("the schema was not applied: wrong password for database", apply.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", apply.Output, StringComparison.Ordinal);
    }

    private static Task FailsAsync(string connectionString, params string[] says) => FailsAsync(connectionString, [], says);

    private static async Task FailsAsync(string? connectionString, string[] settings, params string[] says)
    {
        string[] connection = connectionString is null ? [] : [$"--{Database}={connectionString}"];
        await using RunningProgram silo = RunningProgram.StartDotnet(
            Checkout.Silo,
            [
                "--urls", "http://127.0.0.1:0",
                $"--Switchboard:Silo:SiloPort={Ports.Free()}", $"--Switchboard:Silo:GatewayPort={Ports.Free()}",
                .. connection, .. settings,
            ]);

        int exitCode = await silo.EndAsync();

        Assert.Equal(1, exitCode);
        string line = silo.Output.Split('\n').Single(line => line.StartsWith("the silo could not start: ", StringComparison.Ordinal));
        Assert.All(says, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, silo.Output, StringComparison.Ordinal);
    }

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        NpgsqlConnectionStringBuilder settings = new(database.Server.ConnectionString);
        change(settings);
        return settings.ConnectionString;
    }
}
