using Microsoft.Extensions.Logging;
using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Metrics;

namespace Switchboard.Storage.Postgres.Loading;

/// <summary>Loads feeds, begins those that are new, and notes how much of them is kept.</summary>
internal sealed partial class FeedLoader(
    NpgsqlDataSource connections,
    PostgresFeedStoreOptions options,
    Availability availability,
    StorageMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private const string Begin = """
        insert into switchboard_feeds (kind, owner, epoch, keep_count, keep_bytes, keep_ms, key_count, key_window_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (kind, owner) do nothing
        """;

    // What was kept so far may be too much now: whoever trims is to look at once.
    private const string Retain = """
        update switchboard_feeds
        set keep_count = $3, keep_bytes = $4, keep_ms = $5, key_count = $6, key_window_ms = $7, trim_at = 0
        where kind = $1 and owner = $2
        """;

    private readonly FeedReader _reader = new(connections);
    private readonly Deadline _deadline = new(options.Timeout, time);

    public async ValueTask<LoadResult> LoadAsync(
        FeedId feed, Epoch begin, FeedOptions retention, long after, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!availability.IsOpen)
        {
            metrics.Refused("down");
            return new LoadResult(StoreStatus.Unavailable, null);
        }

        availability.Begin();
        long began = time.GetTimestamp();
        try
        {
            StoredFeed loaded = await _deadline.RunAsync(
                token => LoadOrBeginAsync(feed, begin, retention, after, token), cancel);
            if (availability.Answered())
            {
                LogRecovered(logger);
            }

            metrics.Loaded(time.GetElapsedTime(began));
            return new LoadResult(StoreStatus.Ok, loaded);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            availability.Abandoned();
            throw;
        }
        // Whatever it is, the caller is to hear of it as a status; the port allows no exceptions.
        catch (Exception exception)
        {
            OnFailure(feed, exception);
            return new LoadResult(StoreStatus.Unavailable, null);
        }
    }

    private async Task<StoredFeed> LoadOrBeginAsync(
        FeedId feed, Epoch begin, FeedOptions kept, long after, CancellationToken cancel)
    {
        var retention = Retention.Of(kept);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            if (await _reader.ReadAsync(feed, kept, after, now, cancel) is not ({ } header, { } stored))
            {
                await ExecuteAsync(Begin, feed, retention, begin, cancel);
                continue;
            }

            if (header.Retention != retention)
            {
                await ExecuteAsync(Retain, feed, retention, null, cancel);
            }

            return stored;
        }
    }

    private async Task ExecuteAsync(
        string text, FeedId feed, Retention retention, Epoch? begin, CancellationToken cancel)
    {
        await using NpgsqlCommand command = connections.CreateCommand(text);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)feed.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = feed.Owner });
        if (begin is { } epoch)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)epoch.Value });
        }

        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = retention.Count });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = retention.Bytes });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = retention.Milliseconds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = retention.Keys });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = retention.KeyMilliseconds });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private void OnFailure(FeedId feed, Exception exception)
    {
        metrics.Failed("load");
        if (!Database.IsOutage(exception))
        {
            availability.Answered();
            LogRefused(logger, exception, feed);
            return;
        }

        if (availability.Failed())
        {
            LogOutage(logger, exception);
        }

        connections.Clear();
    }
}
