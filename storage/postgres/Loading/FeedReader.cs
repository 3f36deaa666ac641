using System.Data;
using System.Text;
using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres.Loading;

/// <summary>Reads one feed at one moment: its row, entries and keys fit each other.</summary>
internal sealed class FeedReader(NpgsqlDataSource connections)
{
    private const string Header = """
        select epoch, head, floor, keep_count, keep_bytes, keep_ms, key_count, key_window_ms
        from switchboard_feeds where kind = $1 and owner = $2
        """;

    // One entry more than is kept, where there is one: it says where the feed was cut.
    private const string Entries = """
        select "offset", time, payload, payload_kind, class, slot, sender_user, sender_connection, except_sender
        from (
            select *, sum(octet_length(payload)) over (order by "offset" desc) - octet_length(payload) as newer
            from switchboard_entries
            where feed = (select id from switchboard_feeds where kind = $1 and owner = $2) and "offset" > $3
            order by "offset" desc
            limit $4) e
        where newer <= $5
        order by "offset" desc
        """;

    private const string Keys = """
        select sender, key, "offset", time
        from switchboard_keys
        where feed = (select id from switchboard_feeds where kind = $1 and owner = $2)
            and "offset" > $3 and time > $4
        order by "offset" desc
        limit $5
        """;

    /// <summary>Reads it; null where there is none.</summary>
    public async Task<(FeedHeader Header, StoredFeed Feed)?> ReadAsync(
        FeedId feed, FeedOptions retention, long after, long now, CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await connections.OpenConnectionAsync(cancel);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using NpgsqlBatch batch = CreateBatch(connection, feed, Retention.Of(retention), after, now);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        FeedHeader header = ReadHeader(reader);
        await reader.NextResultAsync(cancel);
        var kept = new KeptEntries(retention, retention.MaxCount == 0 ? header.Head : header.Floor);
        while (await reader.ReadAsync(cancel) && kept.TryAdd(ReadEntry(reader)))
        {
        }

        await reader.NextResultAsync(cancel);
        List<StoredKey> keys = [];
        var seen = new HashSet<(string?, string)>();
        while (await reader.ReadAsync(cancel))
        {
            StoredKey key = ReadKey(reader);
            if (seen.Add((key.User, key.Key)))
            {
                keys.Add(key);
            }
        }

        keys.Reverse();
        List<FeedEntry> entries = kept.End(now);
        return (header, new StoredFeed(header.Epoch, header.Head, kept.Floor, entries, keys));
    }

    private static NpgsqlBatch CreateBatch(
        NpgsqlConnection connection, FeedId feed, Retention retention, long after, long now)
    {
        var batch = new NpgsqlBatch(connection);
        Add(Header);
        Add(Entries, after, retention.Count + 1, retention.Bytes);
        Add(Keys, after, now - retention.KeyMilliseconds, retention.Keys);
        return batch;

        void Add(string text, params ReadOnlySpan<long> numbers)
        {
            var command = new NpgsqlBatchCommand(text);
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)feed.Kind });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = feed.Owner });
            foreach (long number in numbers)
            {
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
            }

            batch.BatchCommands.Add(command);
        }
    }

    private static FeedHeader ReadHeader(NpgsqlDataReader row) => new(
        new Epoch((ulong)row.GetInt64(0)),
        row.GetInt64(1),
        row.GetInt64(2),
        new Retention(row.GetInt32(3), row.GetInt64(4), row.GetInt64(5), row.GetInt32(6), row.GetInt64(7)));

    private static FeedEntry ReadEntry(NpgsqlDataReader row) => new()
    {
        Offset = row.GetInt64(0),
        Timestamp = row.GetInt64(1),
        Payload = row.GetFieldValue<byte[]>(2),
        PayloadKind = (PayloadKind)row.GetInt16(3),
        Class = (DeliveryClass)row.GetInt16(4),
        Slot = row.IsDBNull(5) ? null : Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(5)),
        Sender = row.IsDBNull(6)
            ? null
            : new Sender(new UserName(row.GetString(6)), new ConnectionId(row.GetString(7))),
        ExceptSender = row.GetBoolean(8),
    };

    private static StoredKey ReadKey(NpgsqlDataReader row) => new(
        row.IsDBNull(0) ? null : row.GetString(0),
        Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1)),
        row.GetInt64(2),
        row.GetInt64(3));
}
