namespace Switchboard.Load.Measuring;

/// <summary>What a histogram says, in microseconds.</summary>
internal sealed record Quantiles(double P50, double P99, double Max)
{
    public static Quantiles Of(Histogram histogram) =>
        new(histogram.Microseconds(0.5), histogram.Microseconds(0.99), histogram.Microseconds(1));
}
