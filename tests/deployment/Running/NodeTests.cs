using System.Net;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Running;

[Collection(ClusterCollection.Name)]
public sealed class NodeTests(RunningCluster cluster)
{
    private readonly ClusterScript _script = cluster.Script;

    [Fact]
    public async Task Nodes_AreHealthyAndReady()
    {
        using HttpClient http = new();
        int[] ports =
        [
            _script.HealthPort(1), _script.HealthPort(2), _script.HealthPort(3),
            _script.EdgePort(1), _script.EdgePort(2),
        ];
        foreach (int port in ports)
        {
            Assert.Equal("ok", await http.GetStringAsync($"http://127.0.0.1:{port}/healthz"));
            Assert.Equal((HttpStatusCode.OK, "ok"), await Readiness.AskAsync(port));
        }

        Assert.Equal((HttpStatusCode.OK, "ok"), await Readiness.AskAsync(_script.HttpPort));
    }

    [Theory]
    [InlineData("/api/v1/rooms")]
    [InlineData("/API/v1/rooms")]
    [InlineData("/%61pi/v1/rooms")]
    [InlineData("/x/../api/v1/rooms")]
    [InlineData("/healthz")]
    [InlineData("/metrics")]
    public async Task WhatIsForOperators_IsNotServedByNginx(string path)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(
            $"http://127.0.0.1:{_script.HttpPort}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("nginx", answer.Headers.Server.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoClients_OnDifferentEdges_SeeEachOtherTalkAndResume()
    {
        string output = await _script.RunAsync("test");

        Assert.Equal(
            """
            both are connected
            they see each other in the room
            they talk in the room
            they send to each other by user and by connection id
            one resumed on the other edge, with what it had missed

            """,
            output);
    }

    [Fact]
    public async Task Script_WhenTheClusterRuns_RefusesWhatWouldHarmIt()
    {
        (int again, string runs) = await _script.TryAsync("up");
        (int twice, string silo) = await _script.TryAsync("start silo 2");
        string elsewhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        (int beside, string taken) = await _script.TryAsync("up", KeyValuePair.Create("SWITCHBOARD_RUN", elsewhere));
        (int unknown, string node) = await _script.TryAsync("kill silo");

        Assert.Equal((1, 1, 1, 1), (again, twice, beside, unknown));
        Assert.Contains("runs already; ./cluster.sh down first", runs, StringComparison.Ordinal);
        Assert.Equal("cluster.sh: silo-2 runs already\n", silo);
        Assert.EndsWith("is taken; set POSTGRES_PORT to another one\n", taken, StringComparison.Ordinal);
        Assert.Equal("cluster.sh: name a node: silo N, edge N or postgres\n", node);
        Assert.False(Directory.Exists(elsewhere));
    }

    [Fact]
    public async Task Script_WhenNothingRuns_GoesDownAndSaysSoToTheRest()
    {
        KeyValuePair<string, string> elsewhere = new(
            "SWITCHBOARD_RUN", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        Assert.Equal((0, ""), await _script.TryAsync("down", elsewhere));
        (int exitCode, string output) = await _script.TryAsync("roll", elsewhere);

        Assert.Equal(1, exitCode);
        Assert.Contains("nothing was started in", output, StringComparison.Ordinal);
    }
}
