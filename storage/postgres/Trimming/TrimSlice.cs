using Npgsql;

namespace Switchboard.Storage.Postgres.Trimming;

/// <summary>Trims some feeds within one transaction.</summary>
/// <param name="connection">With the transaction.</param>
/// <param name="now">The time, in milliseconds since the Unix epoch.</param>
/// <param name="maxRows">The most entries, and the most keys, that are deleted of one feed.</param>
internal sealed class TrimSlice(NpgsqlConnection connection, long now, int maxRows)
{
    // Of whoever trims; any number that nobody else uses will do.
    private const long TrimLock = 0x5377_7472_696d;

    // A crash that forgets a slice forgets all of it: no need to wait for the disk.
    private const string DoNotWait = "set local synchronous_commit = off";

    private const string TakeLock = "select pg_try_advisory_xact_lock($1)";

    // In the order in which appends lock them.
    private const string LockDue = """
        select id from switchboard_feeds
        where id in (select id from switchboard_feeds where trim_at <= $1 order by trim_at limit $2)
        order by id
        for no key update
        """;

    // Older than what the bounds reach back to, or older than the oldest that has not expired.
    private const string DeleteEntries = """
        with deleted as (
            delete from switchboard_entries e
            using switchboard_feeds f
            cross join lateral (
                select greatest(
                    max("offset") filter (where place > f.keep_count or bytes > f.keep_bytes),
                    coalesce(min("offset") filter (where time > $2 - f.keep_ms) - 1, max("offset"))) as through
                from (
                    select "offset", time, row_number() over newest as place,
                        sum(octet_length(payload)) over newest as bytes
                    from switchboard_entries
                    where feed = f.id
                    window newest as (order by "offset" desc)) held) cut
            cross join lateral (
                select "offset" from switchboard_entries
                where feed = f.id and "offset" <= cut.through
                order by "offset"
                limit $3) past
            where f.id = any ($1) and e.feed = f.id and e."offset" = past."offset"
            returning e.feed, e."offset"),
        counted as (
            select feed, max("offset") as through, count(*)::integer as rows from deleted group by feed)
        update switchboard_feeds f
        set floor = greatest(f.floor, c.through)
        from counted c
        where f.id = c.feed
        returning f.id, c.rows
        """;

    private const string DeleteKeys = """
        with deleted as (
            delete from switchboard_keys k
            using switchboard_feeds f
            cross join lateral (
                select "offset"
                from (
                    select "offset", time, row_number() over (order by "offset" desc) as place
                    from switchboard_keys
                    where feed = f.id) held
                where place > f.key_count or time <= $2 - f.key_window_ms
                order by "offset"
                limit $3) past
            where f.id = any ($1) and k.feed = f.id and k."offset" = past."offset"
            returning k.feed)
        select feed, count(*)::integer from deleted group by feed
        """;

    // Where there may be more to delete at once; else when the oldest expires; never where nothing is left. An append
    // calls for an earlier look.
    private const string Schedule = """
        update switchboard_feeds f
        set trim_at = case when f.id = any ($2) then 0 else least(
            (select e.time + f.keep_ms from switchboard_entries e where e.feed = f.id order by e."offset" limit 1),
            (select min(k.time) + f.key_window_ms from switchboard_keys k where k.feed = f.id)) end
        where f.id = any ($1)
        """;

    private readonly HashSet<long> _unfinished = [];

    /// <summary>Locks feeds that are due. None where nothing is due, or another process trims.</summary>
    public async Task<long[]> LockDueAsync(int maxFeeds, CancellationToken cancel)
    {
        await using var start = new NpgsqlBatch(connection);
        start.BatchCommands.Add(new NpgsqlBatchCommand(TakeLock) { Parameters = { Value(TrimLock) } });
        start.BatchCommands.Add(new NpgsqlBatchCommand(DoNotWait));
        if (await start.ExecuteScalarAsync(cancel) is not true)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(LockDue, connection)
        {
            Parameters = { Value(now), Value((long)maxFeeds) },
        };
        List<long> feeds = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            feeds.Add(reader.GetInt64(0));
        }

        return [.. feeds];
    }

    /// <summary>Deletes what is over or past the retention of feeds that are locked, and says how much it was.</summary>
    public async Task<int> DeleteAsync(long[] feeds, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (string text in (ReadOnlySpan<string>)[DeleteEntries, DeleteKeys])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text)
            {
                Parameters = { Value(feeds), Value(now), Value((long)maxRows) },
            });
        }

        int deleted = 0;
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel);
        do
        {
            while (await reader.ReadAsync(cancel))
            {
                int rows = reader.GetInt32(1);
                deleted += rows;
                if (rows == maxRows)
                {
                    _unfinished.Add(reader.GetInt64(0));
                }
            }
        }
        while (await reader.NextResultAsync(cancel));
        return deleted;
    }

    /// <summary>Notes when the feeds are to be looked at next.</summary>
    public async Task ScheduleAsync(long[] feeds, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Schedule, connection)
        {
            Parameters = { Value(feeds), Value<long[]>([.. _unfinished]) },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
