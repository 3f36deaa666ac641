using System.Text.Json;
using Switchboard.Cli.Tests.Testing;
using Switchboard.Standalone.Tests;

namespace Switchboard.Cli.Tests;

/// <summary><c>tail</c>, <c>publish</c> and <c>presence</c> against the running server.</summary>
public sealed class RoomTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Tail_OfARoom_PrintsWhatIsPublishedUntilCtrlC()
    {
        CliResult first = await CliProcess.RunAsync("publish", "news", "first", "--url", $"{server.Address}");
        Assert.Equal((0, 0), (first.ExitCode, first.Errors.Length));
        Assert.Matches("^[0-9a-f]{16}:1$", Assert.Single(first.Lines));

        await using CliProcess tail = CliProcess.Start("tail", "news", "--from-start", "--url", $"{server.Address}");
        await tail.LineAsync(line => line.EndsWith("  first", StringComparison.Ordinal), "what was published before");
        await CliProcess.RunAsync("publish", "news", "sec\u001b[31mond", "--user", "ann", "--url", $"{server.Address}");
        string second = await tail.LineAsync(line => line.Contains("ond", StringComparison.Ordinal), "what is published");
        CliResult result = await tail.InterruptAsync();

        Assert.EndsWith("  ann  sec\\u001b[31mond", second, StringComparison.Ordinal);
        Assert.Equal((0, 2, 0), (result.ExitCode, result.Lines.Length, result.Errors.Length));
        Assert.DoesNotContain('\u001b', string.Concat(result.Lines));
    }

    [Fact]
    public async Task Tail_WithLastAndJson_BeginsThereWithObjects()
    {
        CliResult published = await CliProcess.RunWithInputAsync(
            ["{\"n\": 1}", "{\"n\": 2}", "{\"n\": 3}"], "publish", "log", "--json", "--url", $"{server.Address}");
        Assert.Equal(3, published.Lines.Length);
        await CliProcess.RunAsync("publish", "log", "4", "--json", "--url", $"{server.Address}");

        await using CliProcess tail = CliProcess.Start("tail", "log", "--last", "1", "--json", "--url", $"{server.Address}");
        string line = await tail.LineAsync(_ => true, "the last message");
        CliResult result = await tail.InterruptAsync();

        Assert.Equal((0, 1), (result.ExitCode, result.Lines.Length));
        using JsonDocument message = JsonDocument.Parse(line);
        Assert.Equal("log", message.RootElement.GetProperty("room").GetString());
        Assert.Equal(4, message.RootElement.GetProperty("offset").GetInt64());
        Assert.Equal(4, message.RootElement.GetProperty("data").GetInt32());
    }

    [Fact]
    public async Task Publish_WithAKeyAgain_PublishesOnce()
    {
        string[] arguments = ["publish", "once", "hello", "--key", "k-1", "--url", $"{server.Address}"];
        CliResult first = await CliProcess.RunAsync(arguments);
        CliResult again = await CliProcess.RunAsync(arguments);

        Assert.Equal(0, first.ExitCode);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(first.Lines, again.Lines);
    }

    [Theory]
    [InlineData("sse")]
    [InlineData("long-polling")]
    public async Task Publish_OverAnotherTransport_IsAcknowledged(string transport)
    {
        CliResult result = await CliProcess.RunAsync(
            "publish", $"over-{transport}", "-", "--transport", transport, "--url", $"{server.Address}", "--volatile");
        Assert.Equal((0, 0, 0), (result.ExitCode, result.Lines.Length, result.Errors.Length));

        result = await CliProcess.RunAsync("publish", $"over-{transport}", "x", "--transport", transport, "--url", $"{server.Address}");
        Assert.Equal((0, 1), (result.ExitCode, result.Lines.Length));
    }

    [Fact]
    public async Task Publish_OfWhatIsNotJson_FailsInOneLine()
    {
        CliResult result = await CliProcess.RunAsync("publish", "any", "{", "--json", "--url", $"{server.Address}");

        Assert.Equal((1, 0), (result.ExitCode, result.Lines.Length));
        Assert.StartsWith("switchboard: the message is not JSON", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Presence_OfARoom_ShowsWhoComesAndGoesButNotItself()
    {
        await using CliProcess follow = CliProcess.Start("presence", "hall", "--follow", "--url", $"{server.Address}");
        await follow.LineAsync(line => line == "0 members", "the empty room");
        await using CliProcess tail = CliProcess.Start("tail", "hall", "--user", "bob", "--url", $"{server.Address}");
        string came = await follow.LineAsync(line => line.StartsWith("+ bob  ", StringComparison.Ordinal), "who came");
        CliResult shown = await CliProcess.RunAsync("presence", "hall", "--json", "--url", $"{server.Address}");
        CliResult connections = await CliProcess.RunAsync("connections", "bob", "--url", $"{server.Address}");
        await tail.InterruptAsync();
        await follow.LineAsync(line => line == $"-{came[1..]}", "who went");
        CliResult result = await follow.InterruptAsync();

        Assert.Equal((0, 0), (result.ExitCode, result.Errors.Length));
        string id = came.Split("  ")[1];
        Assert.Contains($"{{\"user\":\"bob\",\"connection\":\"{id}\"}}", Assert.Single(shown.Lines), StringComparison.Ordinal);
        Assert.Equal(0, connections.ExitCode);
        Assert.Equal("1 connection", connections.Lines[^1]);
        Assert.Matches($"^{id}  yes +hall$", connections.Lines[1]);
    }

    [Fact]
    public async Task Tail_OfHalfASurrogatePair_ShowsWhatItCan()
    {
        await CliProcess.RunAsync("publish", "halves", """ "x\ud800y" """, "--json", "--url", $"{server.Address}");
        await CliProcess.RunAsync("publish", "halves", """{"\\ud800\ude00":"\ud83d\ude00"}""", "--json", "--url", $"{server.Address}");

        await using CliProcess text = CliProcess.Start("tail", "halves", "--from-start", "--url", $"{server.Address}");
        await text.LineAsync(static line => line.EndsWith("  \"x\\ud800y\"", StringComparison.Ordinal), "the text");
        await using CliProcess json = CliProcess.Start("tail", "halves", "--from-start", "--json", "--url", $"{server.Address}");
        await json.LineAsync(static line => line.EndsWith("\"data\":\"x\uFFFDy\"}", StringComparison.Ordinal), "the string");
        string other = await json.LineAsync(static line => line.Contains("ud800", StringComparison.Ordinal), "the object");

        using JsonDocument read = JsonDocument.Parse(other);
        Assert.Equal("\ud83d\ude00", read.RootElement.GetProperty("data").GetProperty("\\ud800\uFFFD").GetString());
    }
}
