namespace Switchboard.Client.Frameworks;

/// <summary>Limits by a clock that may be a test's.</summary>
internal static class TimeLimits
{
    /// <summary>A source that is canceled in so long, unless it is disposed of before.</summary>
    public static CancellationTokenSource CreateLimit(this TimeProvider time, TimeSpan limit) => new Limit(time, limit);

    // The package's own leaves its timer behind when it is disposed of.
    private sealed class Limit : CancellationTokenSource
    {
        private readonly ITimer _timer;

        public Limit(TimeProvider time, TimeSpan limit)
        {
            _timer = time.CreateTimer(static source => ((Limit)source!).OnTime(), this, limit, Timeout.InfiniteTimeSpan);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _timer.Dispose();
            }

            base.Dispose(disposing);
        }

        private void OnTime()
        {
            try
            {
                Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was disposed of while the timer fired.
            }
        }
    }
}
