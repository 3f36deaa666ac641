namespace Switchboard.Testing.Time;

/// <summary>Moves a <see cref="TestClock"/> on at the machine's pace.</summary>
internal sealed class RunningClock : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningClock(TestClock clock, TimeSpan pace) => _running = Task.Run(async () =>
    {
        while (!_stop.IsCancellationRequested)
        {
            long began = TimeProvider.System.GetTimestamp();
            await Task.Delay(pace);
            clock.StepBy(TimeProvider.System.GetElapsedTime(began));
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
