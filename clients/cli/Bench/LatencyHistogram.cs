using System.Numerics;

namespace Switchboard.Cli.Bench;

/// <summary>Durations in buckets at most 1/64 wide of their value, recorded by any thread without allocating.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    /// <summary>Records a duration.</summary>
    public void Record(TimeSpan duration) => Interlocked.Increment(ref _counts[Index(Math.Max(duration.Ticks, 0))]);

    /// <summary>The duration that a share of <paramref name="quantile"/> does not exceed; null where nothing was recorded.</summary>
    public TimeSpan? Quantile(double quantile)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(quantile * _counts.Sum()));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return TimeSpan.FromTicks(Highest(i));
            }
        }

        return null;
    }

    private static int Index(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - StepBits);
        return (shift * Steps) + (int)(ticks >> shift);
    }

    private static long Highest(int index)
    {
        int shift = Math.Max(0, (index / Steps) - 1);
        return (((long)index - ((long)shift * Steps) + 1) << shift) - 1;
    }
}
