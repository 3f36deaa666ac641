using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Loading;

/// <summary>
/// What of a stored feed is within its retention, as a feed in memory would hold it: fed with the newest entry first.
/// </summary>
internal sealed class KeptEntries(FeedOptions retention, long floor)
{
    private readonly List<FeedEntry> _entries = [];
    private int _count;
    private long _bytes;
    private int _slots;

    /// <summary>Every entry up to here that was not superseded may be missing.</summary>
    public long Floor { get; private set; } = floor;

    /// <summary>Takes the next older entry; false where neither it nor an older one is kept.</summary>
    public bool TryAdd(FeedEntry entry)
    {
        _count++;
        _bytes += entry.Payload.Length;
        if (_count > retention.MaxCount || _bytes > retention.MaxBytes)
        {
            Cut(entry);
            return false;
        }

        if (entry.Slot is not null && ++_slots > retention.MaxSlots)
        {
            _bytes -= entry.Payload.Length;
            Cut(entry);
            return true;
        }

        _entries.Add(entry);
        return true;
    }

    /// <summary>Ends it: the entries with offsets that rise, without those that have expired.</summary>
    public List<FeedEntry> End(long now)
    {
        long maxAge = retention.MaxAge.Ticks / TimeSpan.TicksPerMillisecond;
        int kept = _entries.Count;
        while (kept > 0 && now - _entries[kept - 1].Timestamp >= maxAge)
        {
            Cut(_entries[--kept]);
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
        _entries.Reverse();
        return _entries;
    }

    private void Cut(FeedEntry entry) => Floor = Math.Max(Floor, entry.Offset);
}
