using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Testing.Storage;

/// <summary>One feed of a <see cref="MemoryFeedStore"/>, under its lock.</summary>
internal sealed class KeptFeed(Epoch epoch)
{
    private readonly List<FeedEntry> _entries = [];
    private readonly List<StoredKey> _keys = [];
    private long _head;
    private long _floor;

    public bool TryAppend(FeedAppend append)
    {
        if (append.Epoch != epoch || append.After != _head)
        {
            return false;
        }

        foreach (FeedEntry entry in append.Entries)
        {
            if (entry.Slot is { } slot)
            {
                _entries.RemoveAll(older => older.Slot == slot);
            }

            _entries.Add(entry);
        }

        _keys.AddRange(append.Keys);
        _head = append.Head;
        return true;
    }

    /// <summary>Drops what is not kept any more.</summary>
    public void Retain(FeedOptions retention, long now)
    {
        long oldest = now - (retention.MaxAge.Ticks / TimeSpan.TicksPerMillisecond);
        long bytes = _entries.Sum(static entry => (long)entry.Payload.Length);
        int dropped = 0;
        while (dropped < _entries.Count
            && (_entries.Count - dropped > retention.MaxCount
                || bytes > retention.MaxBytes
                || _entries[dropped].Timestamp <= oldest))
        {
            bytes -= _entries[dropped].Payload.Length;
            _floor = _entries[dropped].Offset;
            dropped++;
        }

        _entries.RemoveRange(0, dropped);
        long oldestKey = now - (retention.IdempotencyWindow.Ticks / TimeSpan.TicksPerMillisecond);
        _keys.RemoveAll(key => key.Timestamp <= oldestKey);
        _keys.RemoveRange(0, Math.Max(0, _keys.Count - retention.MaxKeys));
    }

    public StoredFeed Read(long after) => new(
        epoch,
        _head,
        _floor,
        [.. _entries.Where(entry => entry.Offset > after)],
        [.. _keys.Where(key => key.Offset > after)]);
}
