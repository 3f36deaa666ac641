namespace Switchboard.Client.Session;

/// <summary>Finds out whether a connection is silently dead.</summary>
internal sealed class Heartbeat
{
    private long _interval;
    private long _timeout;
    private long _heard;
    private long _asked;

    /// <summary>When there is something to do next.</summary>
    public long Due => _timeout == 0 ? Pending.Never : Math.Min(_heard + _timeout, Math.Max(_heard, _asked) + _interval);

    /// <param name="interval">After so many ticks of silence a ping is sent.</param>
    /// <param name="timeout">After so many the connection is dead; 0 for never.</param>
    /// <param name="now">Ticks.</param>
    public void Begin(long interval, long timeout, long now)
    {
        _interval = interval;
        _timeout = timeout;
        _heard = _asked = now;
    }

    public void Stop() => _timeout = 0;

    public void OnHeard(long now) => _heard = now;

    public HeartbeatStep Check(long now)
    {
        if (_timeout == 0)
        {
            return HeartbeatStep.None;
        }

        if (now - _heard >= _timeout)
        {
            return HeartbeatStep.GiveUp;
        }

        if (now - Math.Max(_heard, _asked) < _interval)
        {
            return HeartbeatStep.None;
        }

        _asked = now;
        return HeartbeatStep.Ping;
    }
}
