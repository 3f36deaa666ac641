using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Tracing;

/// <summary>
/// Which publishes of clients are traced, while somebody listens. Decided before there is a span, so that the others cost
/// nothing but this.
/// </summary>
/// <param name="ratio">The share that is, 0 to 1.</param>
/// <param name="mostPerSecond">The most in a second, and after a silence the most at once; 0 for any number.</param>
/// <param name="time">The clock; null for the system's.</param>
/// <param name="random">Where the choice comes from; any thread asks it. Null for the runtime's own.</param>
public sealed class PublishSampling(double ratio = 1, int mostPerSecond = 0, TimeProvider? time = null, Random? random = null)
{
    private readonly TokenRate _rate = new(mostPerSecond, mostPerSecond);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Random _random = random ?? Random.Shared;
    private SharedBucket _bucket;

    /// <summary>Whether the next one is.</summary>
    public bool Takes() => IsChosen() && (_rate.IsUnlimited || _bucket.TryTake(_rate, Milliseconds(), 1, out _));

    private bool IsChosen() => ratio >= 1 || (ratio > 0 && _random.NextDouble() < ratio);

    private long Milliseconds() => (long)_time.GetElapsedTime(0).TotalMilliseconds;
}
