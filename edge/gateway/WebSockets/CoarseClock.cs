namespace Switchboard.Gateway.WebSockets;

/// <summary>The time as the last sweep saw it: what every frame is stamped with costs one read of a field.</summary>
internal sealed class CoarseClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private long _now;

    public CoarseClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Milliseconds since the clock was made, as of the last <see cref="Tick"/>.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>The time as it is.</summary>
    public long Read() => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Sets <see cref="Now"/> to the time as it is.</summary>
    public long Tick()
    {
        long now = Read();
        Volatile.Write(ref _now, now);
        return now;
    }
}
