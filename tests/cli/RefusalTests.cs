using Switchboard.Cli.Tests.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Cli.Tests;

/// <summary>What goes wrong ends with one line on standard error, and the exit code that docs/cli.md has for it.</summary>
public sealed class RefusalTests
{
    // The port of the discard service, where nobody listens.
    private const string Nobody = "http://127.0.0.1:9";

    [Theory]
    [InlineData("Required command was not provided: see switchboard --help")]
    [InlineData("there is no 'tial': see switchboard --help", "tial", "lobby")]
    [InlineData("there is no '--tail': see switchboard --help", "--tail", "lobby")]
    [InlineData("ROOM must not be empty: see switchboard publish --help", "publish", "", "x")]
    [InlineData("USER must not be empty: see switchboard connections --help", "connections", "")]
    [InlineData("see switchboard publish --help", "publish")]
    [InlineData("see switchboard tail --help", "tail", "a", "--bogus")]
    [InlineData("give --from-start or --last, not both", "tail", "a", "--from-start", "--last", "3")]
    [InlineData("--last must be 0 to 100000, not -1", "tail", "a", "--last", "-1")]
    [InlineData("--url must be like", "tail", "a", "--url", "nowhere")]
    [InlineData("--transport must be", "presence", "a", "--transport", "pigeon")]
    [InlineData("--volatile goes with neither", "publish", "a", "x", "--volatile", "--key", "k")]
    [InlineData("--key is of one message", "publish", "a", "-", "--key", "k")]
    [InlineData("--latest must name a slot", "publish", "a", "x", "--latest", "")]
    [InlineData("ROOM must not be empty", "publish", "", "x")]
    [InlineData("ROOM must not be empty", "tail", "")]
    [InlineData("ROOM must not be empty", "presence", "", "--follow")]
    [InlineData("--rate must be 0.1 to 1000000, not 0", "bench", "--rate", "0")]
    [InlineData("--rooms must be at most --connections", "bench", "--rooms", "3", "--connections", "2")]
    public async Task Arguments_ThatAreWrong_EndWithTwoAndALine(string says, params string[] arguments)
    {
        CliResult result = await CliProcess.RunAsync(arguments);

        Assert.Equal((2, 0), (result.ExitCode, result.Lines.Length));
        string line = Assert.Single(result.Errors);
        Assert.StartsWith("switchboard: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tail", "a")]
    [InlineData("publish", "a", "x")]
    [InlineData("bench", "--seconds", "1")]
    [InlineData("connections", "ann")]
    [InlineData("cluster")]
    public async Task Server_ThatIsAway_EndsWithOneAndALine(params string[] arguments)
    {
        CliResult result = await CliProcess.RunAsync([.. arguments, "--url", Nobody]);

        Assert.Equal((1, 0), (result.ExitCode, result.Lines.Length));
        Assert.StartsWith($"switchboard: no connection to {Nobody}", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_WithoutItsKey_IsRefusedAndWithItAnswers()
    {
        (_, string printed) = await ServerProcess.RunAsync("--new-api-key");
        string[] words = printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        await using ServerProcess server = await ServerProcess.StartAsync(
            "--Switchboard:Gateway:Access:ApiKeys:0:Name=cli",
            $"--Switchboard:Gateway:Access:ApiKeys:0:Hash={words[3]}",
            "--Switchboard:Gateway:Access:ApiKeys:0:Roles:0=Read");

        CliResult refused = await CliProcess.RunAsync("connections", "ann", "--url", server.Address.ToString());
        CliResult answered = await CliProcess.RunAsync(
            "connections", "ann", "--url", server.WebSocketAddress.ToString(), "--api-key", words[1]);

        Assert.Equal((1, 0), (refused.ExitCode, refused.Lines.Length));
        string line = Assert.Single(refused.Errors);
        Assert.StartsWith("switchboard: unauthorized: ", line, StringComparison.Ordinal);
        Assert.Contains("--api-key or SWITCHBOARD_API_KEY", line, StringComparison.Ordinal);
        Assert.Equal((0, "0 connections"), (answered.ExitCode, answered.Lines[^1]));
    }
}
