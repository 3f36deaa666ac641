using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Tests.Testing;

/// <summary>What a store holds of one feed: everything but what was superseded, until it is told to trim.</summary>
internal sealed class FeedStoreModel(Epoch epoch)
{
    private readonly List<FeedEntry> _entries = [];
    private readonly List<StoredKey> _keys = [];
    private long _head;
    private long _floor;

    public Epoch Epoch { get; set; } = epoch;

    /// <summary>Every entry that was ever stored, superseded ones too where they were appended.</summary>
    public List<FeedEntry> Stored { get; } = [];

    public StoreStatus Append(FeedAppend append)
    {
        if (append.Epoch != Epoch || append.After != _head)
        {
            return StoreStatus.Conflict;
        }

        Assert.True(append.Head >= append.After);
        long last = append.After;
        foreach (FeedEntry entry in append.Entries)
        {
            Assert.InRange(entry.Offset, last + 1, append.Head);
            last = entry.Offset;
            _entries.RemoveAll(older => entry.Slot is not null && older.Slot == entry.Slot);
            _entries.Add(entry);
        }

        Assert.Equal(append.Head, last);
        foreach (StoredKey key in append.Keys)
        {
            Assert.DoesNotContain(_keys, known => (known.User, known.Key) == (key.User, key.Key));
            _keys.Add(key);
        }

        Stored.AddRange(append.Entries);
        _head = append.Head;
        return StoreStatus.Ok;
    }

    /// <summary>Drops the oldest entries beyond a count.</summary>
    public void Trim(int count)
    {
        while (_entries.Count > count)
        {
            _floor = _entries[0].Offset;
            _entries.RemoveAt(0);
        }
    }

    public StoredFeed Load(long after) =>
        new(Epoch, _head, _floor, [.. _entries.Where(entry => entry.Offset > after)], [.. _keys]);
}
