using Switchboard.Cli.Bench;

namespace Switchboard.Cli.Tests.Bench;

public sealed class BenchReportTests
{
    [Theory]
    [InlineData(0, 0, 2, 1, true, true)]
    [InlineData(0, 3, 2, 1, true, true)]
    [InlineData(1, 0, 2, 1, false, false)]
    [InlineData(0, 0, 1, 1, true, false)]
    [InlineData(0, 0, 2, 0, true, false)]
    public void Report_OfLossesAndConnections_PassesOnlyWhatHeld(
        long silent, long told, int joined, int acknowledged, bool isContractKept, bool isPassed)
    {
        BenchReport report = Report(new BenchCounts(), silent, told, joined, acknowledged);

        Assert.Equal((isContractKept, isPassed), (report.IsContractKept, report.IsPassed));
    }

    [Fact]
    public void Report_WithADuplicateOrAnotherOrder_SaysThatTheContractWasBroken()
    {
        BenchCounts doubled = new();
        doubled.OnDuplicate();
        BenchCounts disordered = new();
        disordered.OnDisorder();

        Assert.False(Report(doubled, 0, 0, 2, 1).IsPassed);
        Assert.False(Report(disordered, 0, 0, 2, 1).IsContractKept);
    }

    [Fact]
    public void Quantiles_OfAThousandDurations_AreWithinTheWidthOfABucket()
    {
        LatencyHistogram histogram = new();
        Assert.Null(histogram.Quantile(0.5));
        for (int i = 1; i <= 1000; i++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(i));
        }

        Assert.InRange(histogram.Quantile(0.5)!.Value.TotalMilliseconds, 500, 508);
        Assert.InRange(histogram.Quantile(0.99)!.Value.TotalMilliseconds, 990, 1006);
        Assert.InRange(histogram.Quantile(1)!.Value.TotalMilliseconds, 1000, 1016);
    }

    [Fact]
    public void Report_OfDeliveriesThatLag_GivesTheRateThatTheyCameAt()
    {
        BenchCounts counts = new();
        for (int i = 0; i < 100; i++)
        {
            counts.OnDelivered(i, TimeSpan.FromSeconds(5));
        }

        BenchReport report = Report(counts, 0, 0, 2, 1) with { Delivering = TimeSpan.FromSeconds(10) };

        Assert.Equal(99, counts.LastDelivered);
        Assert.Equal(10, report.DeliveriesPerSecond, 0.001);
    }

    private static BenchReport Report(BenchCounts counts, long silent, long told, int joined, int acknowledged)
    {
        for (int i = 0; i < acknowledged; i++)
        {
            counts.OnAcknowledged();
        }

        return new BenchReport
        {
            Options = new BenchOptions(2, 1, 1, TimeSpan.FromSeconds(1), 100),
            Joined = joined,
            Connecting = TimeSpan.FromSeconds(1),
            Publishing = TimeSpan.FromSeconds(1),
            Delivering = TimeSpan.FromSeconds(1),
            Counts = counts,
            Expected = 2L * acknowledged,
            LossesTold = told,
            LossesSilent = silent,
        };
    }
}
