using System.Net.WebSockets;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Storage.Postgres;
using Switchboard.Testing.Postgres;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>The program with a database, as an operator runs it.</summary>
public sealed class DurableRoomTests : IAsyncLifetime
{
    private const string Room = "kept:lobby";

    private PostgresServer? _postgres;

    private string[] Settings =>
    [
        $"--Switchboard:Store:ConnectionString={_postgres!.ConnectionString}",
        "--Switchboard:Store:Options:Timeout=00:00:10",
        "--Switchboard:Backplane:Rooms:Kinds:0:Pattern=kept:*",
        "--Switchboard:Backplane:Rooms:Kinds:0:Options:Durable=true",
    ];

    public async Task InitializeAsync() => _postgres = await PostgresServer.CreateAsync();

    public async Task DisposeAsync() => await _postgres!.DisposeAsync();

    [Fact]
    public async Task DurableRoom_AfterTheProgramWasStoppedAndStarted_HasItsHistoryAndItsEpoch()
    {
        await ApplySchemaAsync();
        JsonElement published;
        await using (ServerProcess server = await ServerProcess.StartAsync(Settings))
        {
            await using TestClient ann = await ConnectAsync(server);
            await ann.JoinAsync(Room);
            await ann.PublishAsync(Room, "\"first\"");
            published = await ann.PublishAsync(Room, "\"second\"");
            Assert.Equal("published", published.Type());
            ann.Drop();
            Assert.Equal(0, await server.StopAsync());
        }

        await using ServerProcess again = await ServerProcess.StartAsync(Settings);
        await using TestClient bob = await ConnectAsync(again);
        JsonElement joined = await bob.JoinAsync(Room);
        JsonElement history = await bob.AskAsync($$"""{"type":"history","room":"{{Room}}"}""");

        Assert.Equal((published.Text("epoch"), 2), (joined.Text("epoch"), joined.Number("offset")));
        Assert.Equal(published.Text("epoch"), history.Text("epoch"));
        Assert.Equal(["first", "second"], history.GetProperty("messages").EnumerateArray().Select(one => one.Text("data")));
    }

    [Fact]
    public async Task Database_WithoutASchema_StopsTheStartWithALineThatSaysWhatToDo()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(["--urls", "http://127.0.0.1:0", .. Settings]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "switchboard could not start: the database has no schema of Switchboard yet; "
            + "apply it with the command \"schema apply\"",
            output.Trim());
    }

    [Fact]
    public async Task Database_OfAWrongPassword_StopsTheStartWithALineThatDoesNotShowIt()
    {
        string wrong = _postgres!.ConnectionString.Replace(PostgresServer.Password, "hush", StringComparison.Ordinal);

        (int exitCode, string output) = await ServerProcess.RunAsync(
            "--urls", "http://127.0.0.1:0", $"--Switchboard:Store:ConnectionString={wrong}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("switchboard could not start: wrong password for database", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Switchboard:Backplane:Rooms:Default:MaxMembers=5", "the connection string has no Host")]
    [InlineData("--Switchboard:Stored:ConnectionString=x", "there is no setting Switchboard:Stored")]
    public async Task SchemaCommand_ThatIsWrong_SaysSoInOneLine(string setting, string says)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("schema", "apply", setting);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"the schema was not applied: {says}", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    private static async Task<TestClient> ConnectAsync(ServerProcess server)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        await socket.ConnectAsync(new Uri(server.WebSocketAddress, "/ws?user=ann"), Limit.Token());
        TestClient client = new(socket);
        await client.ConnectAsync();
        return client;
    }

    private async Task ApplySchemaAsync()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(["schema", "apply", .. Settings]);
        Assert.Equal((0, $"the schema is at version {Schema.Version}"), (exitCode, output.Trim()));
    }
}
