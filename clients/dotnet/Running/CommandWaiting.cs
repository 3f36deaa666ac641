using Switchboard.Client.Session;

namespace Switchboard.Client.Running;

/// <summary>
/// Waits for what a session was asked for. This runs where the caller is, perhaps on a thread that draws: it needs no turn
/// there.
/// </summary>
internal static class CommandWaiting
{
    /// <summary>Asks, and waits for the answer.</summary>
    public static async Task<T> AskAsync<T>(this SessionCore session, PendingQuery<T> query, CancellationToken cancellationToken)
    {
        session.Add(query);
        try
        {
            return await query.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.TryRemove(query);
            throw;
        }
    }

    /// <summary>Waits as long as a command may take.</summary>
    /// <exception cref="SwitchboardException">That was not enough.</exception>
    public static async Task<T> WithinAsync<T>(this SessionCore session, Task<T> task, CancellationToken cancellationToken)
    {
        await session.WithinAsync((Task)task, cancellationToken).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>Nobody waits for it any more, so nobody misses how it ends.</summary>
    public static void Forget(this Task task) => _ = task.ContinueWith(
        static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(this SessionCore session, Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromTicks(session.CommandTimeout), session.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (task.IsCompleted)
        {
            // It ended by itself, perhaps at the last moment: that counts.
            await task.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            task.Forget();
            throw Outbox.TimedOut(session.WasConnected);
        }
        catch (OperationCanceledException)
        {
            task.Forget();
            throw;
        }
    }
}
