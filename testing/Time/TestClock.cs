namespace Switchboard.Testing.Time;

/// <summary>
/// A clock for a cluster that stands still until the test moves it on. It is the clock of Switchboard's part of silos and edges,
/// and of the timers of all grains; Orleans itself, which finds dead silos and times calls out, stays with the machine's. While the
/// cluster starts something, the clock runs along. Safe for concurrent use.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly DateTimeOffset _start;
    private readonly Lock _lock = new();
    private readonly List<ClockTimer> _timers = [];
    private long _elapsed;
    private int _ticksUnderWay;

    /// <summary>A clock that begins at noon of 1 January 2026, UTC.</summary>
    public TestClock()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that begins at a time.</summary>
    public TestClock(DateTimeOffset start) => _start = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>True while nothing is under way that an edge or a silo does by the clock; set by the cluster.</summary>
    internal Func<bool> IsSettled { get; set; } = static () => true;

    private TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _elapsed));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock on. Timers fire in their order, each at its time; a grain's timer has run to its end before the clock
    /// goes on, so a loop of 20 ticks a second runs 20 times in a second.
    /// </summary>
    /// <param name="by">How far, from 0.</param>
    /// <exception cref="TimeoutException">What a timer began did not end within 30 seconds.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan until = Elapsed + by;
        while (Elapsed < until)
        {
            TimeSpan limit = Elapsed + LongestStep;
            Step(until < limit ? until : limit);
            await SettleAsync();
        }
    }

    /// <summary>Moves the clock on, tick by tick, until something has come true.</summary>
    /// <param name="isMet">What; looked at after each tick.</param>
    /// <param name="tick">How far each time.</param>
    /// <param name="most">How far in all.</param>
    /// <exception cref="TimeoutException">It has not come true by then.</exception>
    public async Task AdvanceUntilAsync(Func<bool> isMet, TimeSpan tick, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(isMet);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tick, TimeSpan.Zero);
        TimeSpan until = Elapsed + most;
        while (!isMet())
        {
            if (Elapsed >= until)
            {
                throw new TimeoutException($"what the test waits for did not come true within {most.TotalSeconds} s of its clock");
            }

            await AdvanceAsync(tick);
        }
    }

    /// <summary>Lets the clock run along with the machine's until it is disposed of.</summary>
    internal IAsyncDisposable Run() => new RunningClock(this, Pace);

    /// <summary>Moves on by at most one timer's due time; returns what is left to go.</summary>
    internal void Step(TimeSpan until)
    {
        while (true)
        {
            ClockTimer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.DueAt <= until).MinBy(static timer => timer.DueAt);
                Volatile.Write(ref _elapsed, Math.Max(_elapsed, (due?.DueAt ?? until).Ticks));
                due?.OnDue();
            }

            due?.Fire();
            if (due is null || Volatile.Read(ref _ticksUnderWay) > 0)
            {
                return;
            }
        }
    }

    internal void StepBy(TimeSpan by) => Step(Elapsed + by);

    internal void BeginTick() => Interlocked.Increment(ref _ticksUnderWay);

    internal void EndTick() => Interlocked.Decrement(ref _ticksUnderWay);

    internal void Schedule(ClockTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                timer.DueAt = Elapsed + dueTime;
                _timers.Add(timer);
            }
        }
    }

    internal void Cancel(ClockTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private async Task SettleAsync()
    {
        long began = System.GetTimestamp();
        while (Volatile.Read(ref _ticksUnderWay) > 0 || !IsSettled())
        {
            if (System.GetElapsedTime(began) > SwitchboardClusterOptions.DefaultPatience)
            {
                throw new TimeoutException("what a timer of the test's clock began did not end within 30 s");
            }

            await Task.Delay(Look);
        }
    }
}
