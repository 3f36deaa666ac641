using Microsoft.Extensions.Logging;
using Npgsql;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Metrics;

namespace Switchboard.Storage.Postgres.Appending;

/// <summary>
/// Commits appends, one batch at a time: while one is on its way, all that comes waits together for the next. So the more
/// there is to do, the more each commit carries, and a lone append waits for nothing.
/// </summary>
internal sealed partial class AppendWriter(
    NpgsqlDataSource connections,
    PostgresFeedStoreOptions options,
    Availability availability,
    StorageMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private readonly AppendQueue _queue = new(options);
    private readonly AppendStatement _statement = new(connections);
    private readonly Deadline _deadline = new(options.Timeout, time);
    private Task _running = Task.CompletedTask;
    private volatile bool _closed;

    public async ValueTask<StoreStatus> AppendAsync(FeedAppend append, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var pending = new PendingAppend(append, cancel);
        string? refusal = _closed ? "closed" : availability.IsOpen ? null : "down";
        bool start = false;
        if (refusal is null && !_queue.TryAdd(pending, out start))
        {
            refusal = "full";
        }

        if (refusal is not null)
        {
            metrics.Refused(refusal);
            return StoreStatus.Unavailable;
        }

        if (start)
        {
            _running = Task.Run(RunAsync, CancellationToken.None);
        }

        return await pending.Outcome.WaitAsync(cancel);
    }

    /// <summary>Takes nothing more, and returns when all that was taken has its outcome.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        await _running;
    }

    private async Task RunAsync()
    {
        while (_queue.TryTake(out List<PendingAppend>? batch))
        {
            bool isUp = await CommitAsync(batch);
            _queue.Release(batch);
            if (!isUp)
            {
                foreach (PendingAppend pending in _queue.TakeAll())
                {
                    metrics.Refused("down");
                    pending.End(StoreStatus.Unavailable);
                }
            }
        }
    }

    // False where the server is away.
    private async Task<bool> CommitAsync(List<PendingAppend> batch)
    {
        availability.Begin();
        try
        {
            await TryCommitAsync(batch);
            return true;
        }
        // Whatever it is, those who wait are to hear of it; the port allows no exceptions.
        catch (Exception exception)
        {
            metrics.Failed("append");
            if (Database.IsOutage(exception))
            {
                OnOutage(exception);
                batch.ForEach(pending => pending.End(StoreStatus.Unavailable));
                return false;
            }

            Recovered();
            if (batch.Count == 1)
            {
                LogRefused(logger, exception, batch[0].Append.Feed);
                batch[0].End(StoreStatus.Unavailable);
                return true;
            }
        }

        // Nothing of it was committed. One that the server won't have must not take the others with it.
        bool isUp = true;
        foreach (PendingAppend pending in batch)
        {
            if (isUp)
            {
                isUp = await CommitAsync([pending]);
            }
            else
            {
                pending.End(StoreStatus.Unavailable);
            }
        }

        return isUp;
    }

    private async Task TryCommitAsync(List<PendingAppend> batch)
    {
        long began = time.GetTimestamp();
        long trimAt = (time.GetUtcNow() + options.TrimPeriod).ToUnixTimeMilliseconds();
        bool[] done = await _deadline.RunAsync(
            cancel => _statement.ExecuteAsync(batch, trimAt, cancel), CancellationToken.None);
        Recovered();

        int appends = 0;
        int entries = 0;
        for (int i = 0; i < done.Length; i++)
        {
            if (done[i])
            {
                appends++;
                entries += batch[i].Append.Entries.Count;
            }

            batch[i].End(done[i] ? StoreStatus.Ok : StoreStatus.Conflict);
        }

        metrics.Committed(appends, entries, done.Length - appends, time.GetElapsedTime(began));
    }

    private void Recovered()
    {
        if (availability.Answered())
        {
            LogRecovered(logger);
        }
    }

    private void OnOutage(Exception exception)
    {
        if (availability.Failed())
        {
            LogOutage(logger, exception);
        }

        // The others of the pool have most likely lost their server too.
        connections.Clear();
    }
}
