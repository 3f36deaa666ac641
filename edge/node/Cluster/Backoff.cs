namespace Switchboard.Node.Cluster;

/// <summary>How long to wait before the next try: longer each time, up to 2 s, and never as long as somebody else.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = First;

    /// <summary>Half to all of 0.2, 0.4, 0.8, 1.6, 2, 2 … seconds.</summary>
    public TimeSpan Next()
    {
        TimeSpan delay = _next * (0.5 + (random.NextDouble() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return delay;
    }

    /// <summary>Something succeeded.</summary>
    public void Reset() => _next = First;
}
