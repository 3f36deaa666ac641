using System.Diagnostics;
using Switchboard.Load.Measuring;

namespace Switchboard.Load.Tests.Measuring;

public sealed class HistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Microseconds_RandomDurations_IsWithinOneBucketOfTheSortedOnes(double quantile)
    {
        var random = new Random(7);
        var histogram = new Histogram();
        var durations = new long[10_000];
        for (var i = 0; i < durations.Length; i++)
        {
            durations[i] = (long)Math.Exp(random.NextDouble() * 25);
            histogram.Record(durations[i]);
        }

        Array.Sort(durations);
        var exact = durations[(int)Math.Ceiling(quantile * durations.Length) - 1] * 1e6 / Stopwatch.Frequency;

        Assert.InRange(histogram.Microseconds(quantile), exact - 0.1, (exact * (1 + (1.0 / 64))) + 0.1);
    }

    [Fact]
    public void Record_NegativeAndLargest_AreCounted()
    {
        var histogram = new Histogram();
        histogram.Record(-1);
        histogram.Record(long.MaxValue);

        Assert.Equal(2, histogram.Count);
        Assert.Equal(0, histogram.Microseconds(0.5));
        Assert.True(histogram.Microseconds(1) > 1e12);
    }
}
