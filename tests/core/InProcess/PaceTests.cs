using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class PaceTests
{
    private const int Pace = 10;

    [Fact]
    public async Task Publish_FasterThanTheEdgeTakes_WaitsForItsAnswerAndLosesNothing()
    {
        var options = new InProcessOptions();
        options.Rooms.Default.Feed.Outbox.PaceCount = Pace;
        await using var harness = new BackplaneHarness(options);
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);
        using var held = new ManualResetEventSlim();
        using var inCall = new ManualResetEventSlim();
        harness.Edge.OnCall = _ =>
        {
            inCall.Set();
            Assert.True(held.Wait(TimeSpan.FromSeconds(20)), "the edge was never let go");
        };

        // The first is with the edge, which does not return; then so many wait that the next has to.
        harness.Publish(Some.Room, Some.Reliable("0"));
        Assert.True(inCall.Wait(TimeSpan.FromSeconds(20)), "the edge was never called");
        for (int i = 1; i <= Pace; i++)
        {
            harness.Publish(Some.Room, Some.Reliable($"{i}"));
        }

        ValueTask<PublishResult> waiting = harness.Backplane.PublishAsync(Some.Room, Some.Reliable("last"));
        Assert.False(waiting.IsCompleted);
        held.Set();

        Assert.Equal(Pace + 2, (await waiting).Position.Offset);
        Assert.Equal(
            Enumerable.Range(0, Pace + 2).Select(i => $"Room room: {i + 1} {(i > Pace ? "last" : i)}"),
            await harness.Edge.NextAsync(Pace + 2, "deliveries"));
    }
}
