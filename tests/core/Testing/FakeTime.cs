namespace Switchboard.Core.Tests.Testing;

/// <summary>A clock that stands still until it is advanced; timers fire, in order, on the thread that advances it.</summary>
internal sealed class FakeTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = Start;

    public int TimerCount => _timers.Count;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state)) { DueAt = _now + dueTime, Period = period };
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = _now + by;
        while (_timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt) is { } due)
        {
            _now = due.DueAt;
            due.DueAt += due.Period;
            due.Fire();
        }

        _now = until;
    }

    private sealed class Timer(FakeTime owner, Action fire) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = owner._now + dueTime;
            Period = period;
            return true;
        }

        public void Dispose() => owner._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
