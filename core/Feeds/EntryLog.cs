using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Core.Feeds;

/// <summary>Entries that wait, in the order of rising keys; see <see cref="KeyedRing{T}"/> for what each operation costs.</summary>
internal sealed class EntryLog
{
    private const int LargestIdle = 1024;

    private readonly KeyedRing<FeedEntry> _ring = new();

    /// <summary>How many wait.</summary>
    public int Count => _ring.Count;

    /// <summary>Payload bytes of all entries.</summary>
    public long Bytes { get; private set; }

    public void Add(long key, FeedEntry entry)
    {
        _ring.Add(key, entry);
        Bytes += entry.Payload.Length;
    }

    public bool TryPeek([NotNullWhen(true)] out FeedEntry? entry)
    {
        entry = _ring.Count == 0 ? null : _ring[0];
        return entry is not null;
    }

    public void RemoveFirst() => Bytes -= _ring.RemoveFirst().Payload.Length;

    /// <summary>Removes the entry with the key, if it is held.</summary>
    public bool Remove(long key)
    {
        bool found = _ring.Remove(key, out FeedEntry? removed);
        Bytes -= removed?.Payload.Length ?? 0;
        return found;
    }

    /// <summary>Removes all entries that <paramref name="match"/>. O(n).</summary>
    public void RemoveWhere(Predicate<FeedEntry> match) => _ring.RemoveWhere(entry =>
    {
        bool matches = match(entry);
        Bytes -= matches ? entry.Payload.Length : 0;
        return matches;
    });

    /// <summary>Gives memory back that a burst needed, once the log is empty.</summary>
    public void ShrinkIfEmpty()
    {
        if (_ring.Length == 0 && _ring.Capacity > LargestIdle)
        {
            Clear();
        }
    }

    /// <summary>Empties the log and gives its memory back.</summary>
    public void Clear()
    {
        _ring.Clear();
        Bytes = 0;
    }
}
