using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Timers;

namespace Switchboard.Testing.Time;

/// <summary>
/// The timers of a silo's grains, by a <see cref="TestClock"/>: Orleans' own still run the callbacks, as turns of the grain.
/// </summary>
internal sealed class ClockedTimers(ITimerRegistry timers, TestClock clock) : ITimerRegistry
{
    private readonly ConcurrentDictionary<ClockedTimer, bool> _running = new();

    public IDisposable RegisterTimer(
        IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(
            grainContext,
            (given, _) => callback(given),
            state,
            new GrainTimerCreationOptions(dueTime, period) { Interleave = true });

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        // Those of Orleans itself.
        if (grainContext.GrainId.IsSystemTarget())
        {
            return timers.RegisterGrainTimer(grainContext, callback, state, options);
        }

        var timer = new ClockedTimer(clock, options.Period, ended => _running.TryRemove(ended, out _));
        _running[timer] = true;
        timer.Inner = timers.RegisterGrainTimer(
            grainContext,
            (given, cancel) => timer.RunAsync(() => callback(given, cancel)),
            state,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            {
                Interleave = options.Interleave,
                KeepAlive = options.KeepAlive,
            });
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    /// <summary>The silo is gone: nobody waits for its timers any more.</summary>
    public void Stop()
    {
        foreach (ClockedTimer timer in _running.Keys)
        {
            timer.Stop();
        }
    }
}
