using Switchboard.Load.Compare;

namespace Switchboard.Load.Tests.Compare;

public sealed class RowTests
{
    [Fact]
    public void IsMissed_MedianOfPairRatios_DecidesAndNotTheRatioOfMedians()
    {
        var row = new Row("", "", "") { Ours = [10, 30, 60], Theirs = [20, 10, 30], Bar = Bar.AtLeast(2) };

        Assert.Equal([0.5, 3, 2], row.Ratios);
        Assert.False(row.IsMissed);
        Assert.True((row with { Bar = Bar.AtLeast(2.01) }).IsMissed);
        Assert.True((row with { Bar = Bar.AtMost(1.5) }).IsMissed);
    }

    [Fact]
    public void IsMissed_Skipped_IsNot() =>
        Assert.False(new Row("", "", "") { Bar = Bar.AtLeast(2), Absent = "not installed" }.IsMissed);

    [Fact]
    public void IsMissed_Failed_Is() => Assert.True(new Row("", "", "") { Absent = "refused", Failed = true }.IsMissed);

    [Fact]
    public void MedianRange_ManyRounds_LeavesOutWhatIsFarFromTheMedian()
    {
        double[] ours = [.. Enumerable.Range(1, 100).Select(each => (double)each)];
        var row = new Row("", "", "") { Ours = ours, Theirs = [.. Enumerable.Repeat(1.0, 100)] };

        Assert.Equal((40, 61), row.MedianRange);
    }

    [Fact]
    public void MedianRange_FewRounds_IsAllOfThem()
    {
        var row = new Row("", "", "") { Ours = [3, 1, 2], Theirs = [1, 1, 1] };

        Assert.Equal((1, 3), row.MedianRange);
    }
}
