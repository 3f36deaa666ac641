using Switchboard.Faults.Reporting;
using Switchboard.Faults.Verifying;
using Switchboard.Load;
using Switchboard.Load.Tests;

namespace Switchboard.Faults.Tests;

public sealed class FaultRunTests
{
    private const long Spoiled = 20;
    private string? _victim;

    [Fact]
    public async Task Run_FaithfulServer_Holds()
    {
        var report = await RunAsync(new LoopbackFeed());
        Assert.Empty(Verdict.Reasons(report, Strict));
        Assert.Equal(report.Published, report.Acknowledged);
        Assert.Equal(report.Published * report.Connections, report.Delivered);
    }

    [Fact]
    public async Task Run_SocketsBreakBeforeTheAnswer_ResumesAndPublishesAgainWithTheKey()
    {
        var report = await RunAsync(new LoopbackFeed { Break = [10, 20, 30] });
        Assert.Empty(Verdict.Reasons(report, Strict with { NoDisconnects = false }));
        Assert.Equal(3, report.Disconnects.Values.Sum());
        Assert.Equal(3, report.Resumes["recovered"]);
        Assert.True(report.Retries >= 3);
        Assert.Equal(report.Published, report.Acknowledged);
        Assert.Single(Verdict.Reasons(report, Strict));
    }

    [Fact]
    public async Task Run_PublishesAreRefusedForNow_PublishesThemAgainInTheirOrder()
    {
        var report = await RunAsync(new LoopbackFeed { Refuse = [10, 20, 21, 30] });
        Assert.Empty(Verdict.Reasons(report, Strict));
        Assert.True(report.PassingErrors["unavailable"] >= 4);
        Assert.Equal(report.Published, report.Acknowledged);
    }

    [Fact]
    public async Task Run_OneDeliveryIsDropped_FindsItLost()
    {
        var report = await RunAsync(Spoil(_ => []));
        Assert.Equal(1, report.Findings[FindingKind.Lost]);
        Assert.NotEmpty(Verdict.Reasons(report, Strict));
    }

    [Fact]
    public async Task Run_OneDeliveryIsDoubled_FindsTheDuplicate()
    {
        var report = await RunAsync(Spoil(message => [message, message]));
        Assert.Equal(1, report.Findings[FindingKind.Duplicate]);
        Assert.NotEmpty(Verdict.Reasons(report, Strict));
    }

    private static Bars Strict { get; } = new(null, null, NoDisconnects: true, NoExpired: true, AllowTold: false);

    // The first member that gets the message gets something else.
    private LoopbackFeed Spoil(Func<string, string[]> spoil) => new()
    {
        Deliver = (member, offset, message) =>
            offset == Spoiled && (_victim ??= member) == member ? spoil(message) : [message],
    };

    private static async Task<Report> RunAsync(LoopbackFeed feed)
    {
        using var ended = feed;
        await using var server = new LoopbackServer(feed.ServeAsync, "switchboard.v1.json");
        var arguments = new Arguments(
            $"--edges {server.Url} --rooms 1 --connections 3 --rate 100 --seconds 1 --settle 5".Split(' '));
        var options = FaultOptions.From(arguments);
        arguments.Finish();
        return await Task.Run(() =>
        {
            using var run = new FaultRun(options, TextWriter.Null, new Random(1));
            return run.Run(new Marks());
        });
    }
}
