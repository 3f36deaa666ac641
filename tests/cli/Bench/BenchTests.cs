using System.Text.Json;
using Switchboard.Cli.Tests.Testing;
using Switchboard.Standalone.Tests;

namespace Switchboard.Cli.Tests.Bench;

/// <summary><c>bench</c> against the running server.</summary>
public sealed class BenchTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Bench_ShortRun_EndsWithATableAndTheContractKept()
    {
        CliResult result = await CliProcess.RunAsync(
            "bench", "--connections", "10", "--rooms", "2", "--rate", "50", "--seconds", "2", "--url", $"{server.Address}");

        string all = string.Join('\n', result.Lines);
        Assert.True(result.ExitCode == 0, all);
        Assert.Empty(result.Errors);
        Assert.Contains(result.Lines, static line => line.StartsWith("latency p99", StringComparison.Ordinal));
        Assert.Matches("(?m)^connections +10 of 10$", all);
        Assert.Matches("(?m)^publishes acknowledged +100 of 100$", all);
        Assert.Matches("(?m)^deliveries +500 of 500$", all);
        Assert.Matches("(?m)^losses in silence +0$", all);
        Assert.Matches("(?m)^duplicates +0$", all);
        Assert.Equal("the contract was kept", result.Lines[^1]);
    }

    [Fact]
    public async Task Bench_WithJson_IsOneObject()
    {
        CliResult result = await CliProcess.RunAsync(
            "bench", "--connections", "2", "--rooms", "1", "--rate", "20", "--seconds", "0.5", "--size", "500", "--json", "--url", $"{server.Address}");

        Assert.Equal(0, result.ExitCode);
        using JsonDocument report = JsonDocument.Parse(Assert.Single(result.Lines));
        Assert.Equal(10, report.RootElement.GetProperty("acknowledged").GetInt64());
        Assert.Equal(20, report.RootElement.GetProperty("delivered").GetInt64());
        Assert.True(report.RootElement.GetProperty("latency").GetProperty("p99").GetDouble() > 0);
        Assert.True(report.RootElement.GetProperty("contractKept").GetBoolean());
    }
}
