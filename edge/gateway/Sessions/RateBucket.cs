namespace Switchboard.Gateway.Sessions;

/// <summary>A token bucket: so many messages a second, and so many at once after a silence.</summary>
internal struct RateBucket(int perSecond, int burst)
{
    private double _tokens = burst;
    private long _last;

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
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
