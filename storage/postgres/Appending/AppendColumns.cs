using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres.Appending;

/// <summary>
/// A batch as columns, which the server unnests to rows. Entries and keys name their append by its place, from 1.
/// </summary>
internal sealed class AppendColumns
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public AppendColumns(List<PendingAppend> batch, long trimAt)
    {
        Add(batch, pending => (short)pending.Append.Feed.Kind);
        Add(batch, pending => pending.Append.Feed.Owner);
        Add(batch, pending => (long)pending.Append.Epoch.Value);
        Add(batch, pending => pending.Append.After);
        Add(batch, pending => pending.Append.Head);
        _parameters.Add(new NpgsqlParameter<long> { TypedValue = trimAt });

        List<(int Place, FeedEntry Entry)> entries = [];
        List<(int Place, StoredKey Key)> keys = [];
        for (int i = 0; i < batch.Count; i++)
        {
            foreach (FeedEntry entry in batch[i].Append.Entries)
            {
                entries.Add((i + 1, entry));
            }

            foreach (StoredKey key in batch[i].Append.Keys)
            {
                keys.Add((i + 1, key));
            }
        }

        Add(entries, row => row.Place);
        Add(entries, row => row.Entry.Offset);
        Add(entries, row => row.Entry.Timestamp);
        Add(entries, row => Bytes(row.Entry.Payload));
        Add(entries, row => (short)row.Entry.PayloadKind);
        Add(entries, row => (short)row.Entry.Class);
        Add(entries, row => Bytes(row.Entry.Slot));
        Add(entries, row => row.Entry.Sender?.User.Value);
        Add(entries, row => row.Entry.Sender?.Connection.Value);
        Add(entries, row => row.Entry.ExceptSender);
        Add(keys, row => row.Place);
        Add(keys, row => row.Key.User);
        Add(keys, row => Bytes(row.Key.Key));
        Add(keys, row => row.Key.Offset);
        Add(keys, row => row.Key.Timestamp);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (NpgsqlParameter parameter in _parameters)
        {
            parameters.Add(parameter);
        }
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> all)
            && all.Array is { } array && all.Offset == 0 && all.Count == array.Length
            ? array
            : payload.ToArray();

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private void Add<TRow, TValue>(List<TRow> rows, Func<TRow, TValue> column)
    {
        var values = new TValue[rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = column(rows[i]);
        }

        _parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = values });
    }
}
