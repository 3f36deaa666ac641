using Microsoft.Extensions.Logging;
using Npgsql;
using Switchboard.Storage.Postgres.Metrics;

namespace Switchboard.Storage.Postgres.Trimming;

/// <summary>
/// Deletes what is over or past its retention, a bounded slice in each transaction. Any number of processes may run one:
/// an advisory lock lets one of them work at a time. The row of a feed stays for good: its epoch and its head are what a
/// later reader's position is compared with.
/// </summary>
internal sealed partial class Trimmer(
    NpgsqlDataSource connections,
    PostgresFeedStoreOptions options,
    Availability availability,
    StorageMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private const int FeedsPerSlice = 50;
    private const int RowsPerFeed = 1_000;
    private const int SessionsPerSlice = 1_000;

    private readonly Deadline _deadline = new(options.Timeout, time);

    /// <summary>Trims every now and then, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.TrimPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await TryTrimAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The store is closed.
        }
    }

    /// <summary>Trims all feeds that are due, unless another process does.</summary>
    /// <returns>How many entries and keys were deleted.</returns>
    public async Task<int> TrimAsync(CancellationToken cancel)
    {
        int total = 0;
        while (await _deadline.RunAsync(TrimSliceAsync, cancel) is { } deleted)
        {
            metrics.Trimmed(deleted);
            total += deleted;
        }

        return total;
    }

    /// <summary>Deletes all connections that can't be resumed any more.</summary>
    /// <returns>How many.</returns>
    public async Task<int> TrimSessionsAsync(CancellationToken cancel)
    {
        int total = 0;
        int deleted;
        do
        {
            deleted = await _deadline.RunAsync(
                stop => StaleSessions.DeleteAsync(connections, SessionsPerSlice, stop), cancel);
            total += deleted;
        }
        while (deleted == SessionsPerSlice);

        return total;
    }

    private async Task TryTrimAsync(CancellationToken stop)
    {
        if (!availability.IsOpen)
        {
            return;
        }

        try
        {
            await TrimAsync(stop);
            await TrimSessionsAsync(stop);
        }
        catch (Exception exception) when (Database.IsFailure(exception) || !stop.IsCancellationRequested)
        {
            // Nothing is lost: what is due stays so. Whether the server is there, appends and loads find out.
            metrics.Failed("trim");
            LogFailed(logger, exception);
        }
    }

    // Null where nothing is due, or another process trims.
    private async Task<int?> TrimSliceAsync(CancellationToken cancel)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using NpgsqlConnection connection = await connections.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancel);
        var slice = new TrimSlice(connection, now, RowsPerFeed);
        long[] feeds = await slice.LockDueAsync(FeedsPerSlice, cancel);
        if (feeds.Length == 0)
        {
            return null;
        }

        int deleted = await slice.DeleteAsync(feeds, cancel);
        await slice.ScheduleAsync(feeds, cancel);
        await transaction.CommitAsync(cancel);
        return deleted;
    }
}
