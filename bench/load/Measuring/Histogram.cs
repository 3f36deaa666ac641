using System.Diagnostics;
using System.Numerics;

namespace Switchboard.Load.Measuring;

/// <summary>Durations in buckets at most 1/64 wide of their value, recorded without allocating.</summary>
internal sealed class Histogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records a duration in <see cref="Stopwatch"/> ticks.</summary>
    public void Record(long ticks)
    {
        _counts[Index(Math.Max(ticks, 0))]++;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The duration, in microseconds, that a share of <paramref name="quantile"/> does not exceed.</summary>
    public double Microseconds(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Round(Highest(i) * 1e6 / Stopwatch.Frequency, 1);
            }
        }

        return 0;
    }

    private static int Index(long ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - StepBits);
        return (shift * Steps) + (int)(ticks >> shift);
    }

    private static long Highest(int index)
    {
        var shift = Math.Max(0, (index / Steps) - 1);
        return (((long)index - ((long)shift * Steps) + 1) << shift) - 1;
    }
}
