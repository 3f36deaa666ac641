using Switchboard.Load.Measuring;

namespace Switchboard.Faults.Reporting;

/// <summary>Durations in milliseconds. All 0 where there were none.</summary>
internal sealed record Spread(long Count, double P50, double P99, double Max)
{
    public static Spread Of(Histogram histogram) => new(
        histogram.Count, At(histogram, 0.5), At(histogram, 0.99), At(histogram, 1));

    public override string ToString() => Count == 0 ? "none" : $"p50 {P50} ms, p99 {P99} ms, max {Max} ms";

    private static double At(Histogram histogram, double quantile) =>
        histogram.Count == 0 ? 0 : Math.Round(histogram.Microseconds(quantile) / 1000, 1);
}
