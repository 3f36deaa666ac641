using Orleans.Runtime;

namespace Switchboard.Testing.Time;

/// <summary>A grain's timer that a <see cref="TestClock"/> fires. As with Orleans' own, the period begins when the callback has ended.</summary>
internal sealed class ClockedTimer : IGrainTimer
{
    private readonly TestClock _clock;
    private readonly ITimer _due;
    private readonly Action<ClockedTimer> _onEnd;
    private TimeSpan _period;
    private int _isUnderWay;
    private int _changes;
    private volatile bool _isDisposed;

    public ClockedTimer(TestClock clock, TimeSpan period, Action<ClockedTimer> onEnd)
    {
        _onEnd = onEnd;
        _clock = clock;
        _period = period;
        _due = clock.CreateTimer(static timer => ((ClockedTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer that runs the callback; set before the first <see cref="Change"/>.</summary>
    public IGrainTimer Inner { get; set; } = null!;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _changes++;
        _period = period;
        _due.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        Inner.Dispose();
        Stop();
    }

    /// <summary>Ends without the grain, whose silo is gone.</summary>
    public void Stop()
    {
        _isDisposed = true;
        _due.Dispose();
        EndTick();
        _onEnd(this);
    }

    public async Task RunAsync(Func<Task> callback)
    {
        int changes = _changes;
        try
        {
            await callback();
        }
        finally
        {
            if (!_isDisposed && changes == _changes && _period > TimeSpan.Zero)
            {
                _due.Change(_period, Timeout.InfiniteTimeSpan);
            }

            EndTick();
        }
    }

    // On the thread that moves the clock.
    private void Fire()
    {
        if (!_isDisposed && Interlocked.Exchange(ref _isUnderWay, 1) == 0)
        {
            _clock.BeginTick();
            Inner.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndTick()
    {
        if (Interlocked.Exchange(ref _isUnderWay, 0) == 1)
        {
            _clock.EndTick();
        }
    }
}
