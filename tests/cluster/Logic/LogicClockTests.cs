using Switchboard.Contract.Harness;
using Switchboard.Testing;
using Switchboard.Testing.Time;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>The loop of a logic by a clock that the test moves on.</summary>
public sealed class LogicClockTests : LogicTest
{
    [Fact]
    public async Task Loop_TwentyTimesASecond_TicksTwentyTimesInASecondOfTheClock()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        await Cluster.WaitAsync(() => Journal.All.Contains("joined ann"), "the logic to hear of ann");

        await Cluster.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ann[Room].ThroughAsync("tick 20");
        await Cluster.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        await ann[Room].ThroughAsync("tick 620");

        Assert.Equal("tick 620", ann[Room].Texts[^1]);
        Assert.True(Cluster.Edges.All(static edge => edge.Node.NotReady is null), "the edges keep their leases");
    }

    protected override void Configure(SwitchboardClusterOptions options) => options.Clock = new TestClock();
}
