namespace Switchboard.Client.Session;

/// <summary>Keeps to the rate that the server allows, so that it need not refuse.</summary>
internal sealed class Pacer
{
    // The network may bring together what went out apart: a tenth of the burst is for that.
    private const double Share = 0.9;

    private double _perTick;
    private double _burst;
    private double _tokens;
    private long _last;

    /// <summary>A socket begins with a full burst.</summary>
    /// <param name="perSecond">0 for any.</param>
    /// <param name="burst">How many at once.</param>
    /// <param name="now">Ticks.</param>
    public void Begin(long perSecond, long burst, long now)
    {
        _perTick = perSecond * Share / TimeSpan.TicksPerSecond;
        _burst = _tokens = Math.Max(1, burst * Share);
        _last = now;
    }

    /// <summary>Takes leave to send one message; else says when there will be.</summary>
    public bool TryTake(long now, out long due)
    {
        due = 0;
        if (_perTick == 0)
        {
            return true;
        }

        _tokens = Math.Min(_burst, _tokens + ((now - _last) * _perTick));
        _last = now;
        if (_tokens >= 1)
        {
            _tokens--;
            return true;
        }

        due = now + (long)Math.Ceiling((1 - _tokens) / _perTick);
        return false;
    }
}
