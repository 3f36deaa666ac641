namespace Switchboard.Faults.Sessions;

/// <summary>The longest time that a room went without acknowledging anything.</summary>
internal sealed class RoomClock
{
    private long _last;

    /// <summary>In Stopwatch ticks.</summary>
    public long LongestStall { get; private set; }

    /// <summary>Publishing begins.</summary>
    public void Begin(long now) => _last = now;

    /// <summary>A publish was acknowledged, or the run ends and one is still to be.</summary>
    public void Acknowledge(long now)
    {
        LongestStall = Math.Max(LongestStall, now - _last);
        _last = now;
    }
}
