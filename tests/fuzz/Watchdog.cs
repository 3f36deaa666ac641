using System.Diagnostics;

namespace Switchboard.Fuzz;

/// <summary>Notices from another thread when one input takes too long.</summary>
/// <remarks>
/// Counts the processor's time, so that a busy machine is not taken for a hang, and the clock's for a wait that never
/// ends.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly Action _onHang;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private long _runs;
    private long _runsBefore = -1;
    private TimeSpan _processorTimeBefore;
    private long _timeBefore;

    public Watchdog(Action onHang)
    {
        _onHang = onHang;
        _timer = new Timer(_ => Look(), null, Period, Period);
    }

    /// <summary>The next input begins.</summary>
    public void Begin() => Volatile.Write(ref _runs, _runs + 1);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            long runs = Volatile.Read(ref _runs);
            TimeSpan processorTime = Environment.CpuUsage.TotalTime;
            if (runs != _runsBefore)
            {
                (_runsBefore, _processorTimeBefore, _timeBefore) = (runs, processorTime, Stopwatch.GetTimestamp());
            }
            else if (processorTime - _processorTimeBefore > MostProcessorTime
                || Stopwatch.GetElapsedTime(_timeBefore) > MostTime)
            {
                _onHang();
            }
        }
    }
}
