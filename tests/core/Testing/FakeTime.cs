namespace Switchboard.Core.Tests.Testing;

/// <summary>
/// A clock that stands still until it is advanced; timers fire, in order, on the thread that advances it. Any thread may
/// read it.
/// </summary>
internal sealed class FakeTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<Timer> _timers = [];
    private long _elapsed;

    public int TimerCount => _timers.Count;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _elapsed));
        set => Volatile.Write(ref _elapsed, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state)) { DueAt = Due(dueTime), Period = period };
        lock (_timers)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan until = Elapsed + by;
        while (NextDue(until) is { } due)
        {
            Elapsed = due.DueAt;
            due.DueAt = due.Period > TimeSpan.Zero ? due.DueAt + due.Period : TimeSpan.MaxValue;
            due.Fire();
        }

        Elapsed = until;
    }

    // Without an end: never.
    private TimeSpan Due(TimeSpan dueTime) => dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : Elapsed + dueTime;

    private Timer? NextDue(TimeSpan until)
    {
        lock (_timers)
        {
            return _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
        }
    }

    private sealed class Timer(FakeTime owner, Action fire) : ITimer
    {
        public TimeSpan DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = owner.Due(dueTime);
            Period = period;
            return true;
        }

        public void Dispose()
        {
            lock (owner._timers)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
