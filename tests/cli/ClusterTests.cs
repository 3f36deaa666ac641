using Switchboard.Cli.Tests.Testing;

namespace Switchboard.Cli.Tests;

/// <summary><c>cluster</c> against the answers of docs/api.md.</summary>
public sealed class ClusterTests
{
    private const string Nodes = """
        {"time": 1767229200000, "nodes": [
          {"node": "edge-1~5f00", "kind": "edge", "name": "edge-1", "state": "ready", "drainable": true,
           "address": "http://10.0.0.5:8080", "version": "0.1.0", "started": 1767225600000,
           "figures": {"connections": 31, "rooms": 12, "received": 90210, "sent": 2700144, "dropped": 0, "lost": 0,
                       "refused": 3, "memory": 187420672, "cpu": 734120}},
          {"node": "silo-2~77aa", "kind": "silo", "name": "silo-2", "state": "silent", "drainable": false}],
         "complete": false}
        """;

    [Fact]
    public async Task Cluster_WithASilentNode_ShowsBothAndSaysThatSomeMayBeMissing()
    {
        await using PlayedApi api = await PlayedApi.StartAsync(Nodes);
        CliResult result = await CliProcess.RunAsync("cluster", "--url", api.Url);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches("^edge-1  edge  ready +0.1.0 +1h 0m  31 +12 +90,210 +2,700,144 +0 +0 +178 MiB  12m 14s  http://10.0.0.5:8080$", result.Lines[1]);
        Assert.Equal("silo-2  silo  silent", result.Lines[2]);
        Assert.Equal("2 nodes", result.Lines[3]);
        Assert.StartsWith("edges may be missing", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_WithJson_IsTheAnswerOnOneLine()
    {
        await using PlayedApi api = await PlayedApi.StartAsync(Nodes);
        CliResult result = await CliProcess.RunAsync("cluster", "--json", "--url", api.Url);

        Assert.StartsWith("{\"time\":1767229200000,\"nodes\":[{\"node\":\"edge-1~5f00\"", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_OfAServerWithoutTheRoute_SaysThatItMayBeOlder()
    {
        await using PlayedApi api = await PlayedApi.StartAsync(null);
        CliResult result = await CliProcess.RunAsync("cluster", "--url", api.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/api/v1/nodes is not there", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"time": "noon", "nodes": 3}""")]
    public async Task Cluster_OfAServerOfAnotherKind_FailsInOneLine(string answer)
    {
        await using PlayedApi api = await PlayedApi.StartAsync(answer);

        foreach (string[] more in new string[][] { [], ["--json"] })
        {
            CliResult result = await CliProcess.RunAsync(["cluster", "--url", api.Url, .. more]);
            if (result.ExitCode != 0)
            {
                Assert.Equal(1, result.ExitCode);
                Assert.Contains("is a Switchboard server there?", Assert.Single(result.Errors), StringComparison.Ordinal);
            }
        }
    }
}
