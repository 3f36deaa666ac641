namespace Switchboard.Node.Cluster;

/// <summary>How long to wait before the next try: longer each time, up to a longest pause, and never as long as somebody else.</summary>
/// <param name="random">What pauses are drawn from.</param>
/// <param name="longest">The longest pause; null for 2 s.</param>
internal sealed class Backoff(Random random, TimeSpan? longest = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _longest = longest ?? TimeSpan.FromSeconds(2);
    private TimeSpan _next = First;

    /// <summary>Half to all of 0.2, 0.4, 0.8, 1.6 … seconds.</summary>
    public TimeSpan Next()
    {
        TimeSpan delay = _next * (0.5 + (random.NextDouble() / 2));
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return delay;
    }

    /// <summary>Something succeeded.</summary>
    public void Reset() => _next = First;
}
