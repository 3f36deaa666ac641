namespace Switchboard.Storage.Postgres;

/// <summary>Limits how long a call to the server is waited for.</summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider time)
{
    // A call that is cancelled asks the server to stop, and waits for that without a limit of its own. Whoever waits for
    // the call is told after this; the call itself keeps its connection until the server is there or is gone.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <exception cref="OperationCanceledException">The time is over, or <paramref name="cancel"/> was cancelled.</exception>
    /// <exception cref="TimeoutException">The time is over, and the call does not end.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return await call(either.Token).WaitAsync(timeout + Grace, time, cancel);
    }
}
