namespace Switchboard.Gateway.Sessions;

/// <summary>
/// A token bucket: so many messages a second, and so many at once after a silence. It counts what it refused since it
/// was last full, so who keeps sending too fast is told from who did so once.
/// </summary>
internal struct RateBucket(int perSecond, int burst)
{
    private double _tokens = burst;
    private long _last;

    /// <summary>How often there was no token since the bucket was last full.</summary>
    public int Refusals { get; private set; }

    /// <summary>In how many milliseconds there will be a token again.</summary>
    public readonly long Wait => perSecond == 0 ? 0 : Math.Max(1, (long)Math.Ceiling((1 - _tokens) * 1000 / perSecond));

    /// <summary>Counts a refusal for another reason.</summary>
    public void CountRefusal() => Refusals += perSecond == 0 ? 0 : 1;

    /// <summary>Takes one token; false when there is none.</summary>
    /// <param name="now">Milliseconds of any steady clock.</param>
    public bool TryTake(long now)
    {
        if (perSecond == 0)
        {
            return true;
        }

        _tokens = Math.Min(burst, _tokens + ((now - _last) * perSecond / 1000.0));
        _last = now;
        if (_tokens >= burst)
        {
            Refusals = 0;
        }

        if (_tokens < 1)
        {
            Refusals++;
            return false;
        }

        _tokens--;
        return true;
    }
}
