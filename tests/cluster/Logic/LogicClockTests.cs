using Switchboard.Contract.Harness;
using Switchboard.Grains.Servers;
using Switchboard.Testing;
using Switchboard.Testing.Time;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>The loop of a logic by a clock that the test moves on.</summary>
public sealed class LogicClockTests : LogicTest
{
    [Fact]
    public async Task Loop_TwentyTimesASecond_TicksTwentyTimesInASecondOfTheClock()
    {
        await JoinAsync(First, "ann");
        await Cluster.WaitAsync(() => Journal.All.Contains("joined ann"), "the logic to hear of ann");

        await Cluster.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        long afterOne = await PublishedAsync();
        await Cluster.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        long afterAll = await PublishedAsync();

        Assert.Equal((20, 620), (afterOne, afterAll));
        Assert.True(Cluster.Edges.All(static edge => edge.Node.NotReady is null), "the edges keep their leases");
    }

    // In the room itself: a delivery that fails waits by the clock, which stands still, before it is sent again.
    private async Task<long> PublishedAsync() =>
        (await Cluster.GrainFactory.GetSwitchboard().Room(Room.Value).InspectAsync()).Head.Offset;

    protected override void Configure(SwitchboardClusterOptions options) => options.Clock = new TestClock();
}
