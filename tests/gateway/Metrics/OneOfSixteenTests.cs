using Switchboard.Gateway.Metrics;

namespace Switchboard.Gateway.Tests.Metrics;

public sealed class OneOfSixteenTests
{
    [Fact]
    public void Takes_TheFirstAndThenEverySixteenthOfEachProcessor()
    {
        OneOfSixteen timed = new();

        Assert.True(timed.Takes());
        int taken = 1 + Enumerable.Range(0, 15_999).Count(_ => timed.Takes());
        Assert.InRange(taken, 1000, 1000 + Environment.ProcessorCount);
    }
}
