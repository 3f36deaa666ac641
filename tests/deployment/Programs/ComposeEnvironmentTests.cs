using System.Globalization;
using System.Net;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Testing.Postgres;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Programs;

/// <summary>
/// The programs in the environments that docker-compose.yml gives them, with the names of its network replaced: one silo,
/// which listens on this machine's own address, and edges that listen on every address.
/// </summary>
public sealed class ComposeEnvironmentTests(Database database) : IClassFixture<Database>
{
    private readonly ComposeFile _compose = ComposeFile.Read();
    private readonly int _siloPort = Ports.Free();
    private readonly int _gatewayPort = Ports.Free();
    private readonly int _healthPort = Ports.Free();

    [Fact]
    public async Task Programs_InTheirEnvironments_AreAClusterThatLosesASiloAndRefusesASecondEdgeOfOneName()
    {
        await using RunningProgram schema = RunningProgram.StartDotnet(Checkout.Silo, _compose.List("schema", "command"), Environment("schema"));
        Assert.Equal(0, await schema.EndAsync());
        Assert.Equal("the schema is at version 1\n", schema.Output);

        await using RunningProgram silo = StartSilo();
        (RunningProgram edge, int edgePort) = StartEdge();
        await using RunningProgram owned = edge;
        Assert.Equal("ok", await Readiness.AwaitAsync(_healthPort, HttpStatusCode.OK, silo));
        Assert.Equal("ok", await Readiness.AwaitAsync(edgePort, HttpStatusCode.OK, edge));
        string url = $"ws://127.0.0.1:{edgePort}/ws";
        await using RunningProgram clients = RunningProgram.Start(
            "/usr/bin/python3", [Checkout.PathOf("deploy/two-clients.py"), url, url]);
        Assert.True(await clients.EndAsync() == 0, clients.Output);

        (RunningProgram second, _) = StartEdge();
        await using RunningProgram ownedSecond = second;
        Assert.Equal(1, await second.EndAsync());
        Assert.Contains(
            "\nswitchboard stopped: another edge of the name 'edge-1' is running; give each its own with Switchboard:Node:Name\n",
            second.Output,
            StringComparison.Ordinal);

        await silo.KillAsync();
        Assert.StartsWith(
            "the cluster has not answered for ",
            await Readiness.AwaitAsync(edgePort, HttpStatusCode.ServiceUnavailable, edge),
            StringComparison.Ordinal);
        await using RunningProgram again = StartSilo();
        Assert.Equal("ok", await Readiness.AwaitAsync(edgePort, HttpStatusCode.OK, edge));

        Assert.Equal(0, await edge.StopAsync());
        Assert.Equal(0, await again.StopAsync());
        foreach (RunningProgram program in new[] { schema, silo, edge, second, again })
        {
            Assert.False(program.Output.Contains("   at Switchboard", StringComparison.Ordinal), program.Output);
            Assert.DoesNotContain(PostgresServer.Password, program.Output, StringComparison.Ordinal);
        }
    }

    private RunningProgram StartSilo() => RunningProgram.StartDotnet(
        Checkout.Silo,
        [
            "--urls", $"http://127.0.0.1:{_healthPort}", $"--Switchboard:Silo:SiloPort={_siloPort}",
            $"--Switchboard:Silo:GatewayPort={_gatewayPort}",
        ],
        Environment("silo-1"));

    private (RunningProgram Program, int Port) StartEdge()
    {
        int port = Ports.Free();
        return (RunningProgram.StartDotnet(Checkout.Edge, ["--urls", $"http://*:{port}"], Environment("edge-1")), port);
    }

    private Dictionary<string, string> Environment(string service)
    {
        const string Host = "Host=postgres;";
        Dictionary<string, string> all = _compose.Unset(service);
        string connection = all["Switchboard__Cluster__ConnectionString"];
        Assert.StartsWith(Host, connection, StringComparison.Ordinal);
        all["Switchboard__Cluster__ConnectionString"] = string.Create(
            CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={database.Server.Port};{connection[Host.Length..]}");
        all["PGPASSWORD"] = PostgresServer.Password;
        if (all.ContainsKey("Switchboard__Silo__Address"))
        {
            all["Switchboard__Silo__Address"] = Dns.GetHostName();
        }

        return all;
    }
}
