namespace Switchboard.Testing.Time;

/// <summary>A timer of a <see cref="TestClock"/>.</summary>
internal sealed class ClockTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;
    private volatile bool _isDisposed;

    /// <summary>When it fires next, in time since the clock began. Under the clock's lock.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>It is about to fire. Under the clock's lock.</summary>
    public void OnDue()
    {
        TimeSpan from = DueAt;
        clock.Cancel(this);
        if (_period > TimeSpan.Zero)
        {
            clock.Schedule(this, TimeSpan.Zero);
            DueAt = from + _period;
        }
    }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        _period = period;
        clock.Schedule(this, dueTime);
        return true;
    }

    public void Dispose()
    {
        _isDisposed = true;
        clock.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
