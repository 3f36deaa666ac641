namespace Switchboard.Gateway.Limits;

/// <summary>
/// A token bucket that many threads take from without a lock: it is the time at which it will be full again, in
/// nanoseconds, and a take moves that time on.
/// </summary>
internal struct SharedBucket
{
    private const long Nanoseconds = 1_000_000;

    private long _fullAt;

    /// <summary>Takes tokens; false when there are too few, and then none is taken.</summary>
    /// <param name="rate">The bucket's rate and size, the same with every call.</param>
    /// <param name="now">Milliseconds of a steady clock.</param>
    /// <param name="tokens">How many, at least 0. More than the bucket holds take all of it.</param>
    /// <param name="wait">After a refusal: in how many milliseconds there will be enough.</param>
    public bool TryTake(in TokenRate rate, long now, long tokens, out long wait)
    {
        wait = 0;
        if (rate.IsUnlimited)
        {
            return true;
        }

        long time = now * Nanoseconds;
        long cost = rate.Time(Math.Min(tokens, rate.Burst));
        long size = rate.Time(rate.Burst);
        while (true)
        {
            long seen = Volatile.Read(ref _fullAt);
            long next = Math.Max(seen, time) + cost;
            if (next - time > size)
            {
                wait = (next - time - size + Nanoseconds - 1) / Nanoseconds;
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, next, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Whether a token could be taken.</summary>
    public readonly bool HasAny(in TokenRate rate, long now, out long wait)
    {
        SharedBucket copy = this;
        return copy.TryTake(rate, now, 1, out wait);
    }

    /// <summary>Whether it has been left alone long enough to be as good as new.</summary>
    public readonly bool IsFull(long now) => Volatile.Read(in _fullAt) <= now * Nanoseconds;
}
