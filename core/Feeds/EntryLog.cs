using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Core.Feeds;

/// <summary>
/// Entries in the order of rising keys: appended at the end, taken from the front, and removed anywhere when they are
/// superseded. A ring in which a removed entry leaves a hole; holes are swept once they outnumber half of the
/// entries, so that every operation stays O(1) amortised, and finding a key O(log n).
/// </summary>
internal sealed class EntryLog
{
    private const int SmallestSweep = 16;
    private const int LargestIdle = 1024;

    private Cell[] _cells = [];
    private int _first;

    /// <summary>Places in use, holes included. The first and the last are never holes.</summary>
    public int Length { get; private set; }

    /// <summary>Entries, without holes.</summary>
    public int Count { get; private set; }

    /// <summary>Payload bytes of all entries.</summary>
    public long Bytes { get; private set; }

    /// <summary>The entry at a place from 0; null for a hole.</summary>
    public FeedEntry? this[int place] => At(place).Entry;

    public FeedEntry Last => At(Length - 1).Entry!;

    public long KeyAt(int place) => At(place).Key;

    public void Add(long key, FeedEntry entry)
    {
        if (Length == _cells.Length)
        {
            Resize(Math.Max(4, _cells.Length * 2));
        }

        Length++;
        At(Length - 1) = new Cell(key, entry);
        Count++;
        Bytes += entry.Payload.Length;
    }

    public bool TryPeek([NotNullWhen(true)] out FeedEntry? entry)
    {
        entry = Length == 0 ? null : At(0).Entry;
        return entry is not null;
    }

    public void RemoveFirst() => RemoveAt(0);

    /// <summary>Removes the entry with the key, if it is held.</summary>
    public bool Remove(long key)
    {
        int place = PlaceAfter(key - 1);
        if (place == Length || At(place).Key != key || At(place).Entry is null)
        {
            return false;
        }

        RemoveAt(place);
        return true;
    }

    /// <summary>Removes all entries that <paramref name="match"/>. O(n).</summary>
    public void RemoveWhere(Predicate<FeedEntry> match)
    {
        for (int place = 0; place < Length; place++)
        {
            ref Cell cell = ref At(place);
            if (cell.Entry is { } entry && match(entry))
            {
                Vacate(ref cell, entry);
            }
        }

        Sweep();
    }

    /// <summary>The first place whose key is larger; the length where there is none.</summary>
    public int PlaceAfter(long key)
    {
        int low = 0;
        int high = Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (At(middle).Key <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Gives memory back that a burst needed, once the log is empty.</summary>
    public void ShrinkIfEmpty()
    {
        if (Length == 0 && _cells.Length > LargestIdle)
        {
            Clear();
        }
    }

    /// <summary>Empties the log and gives its memory back.</summary>
    public void Clear()
    {
        _cells = [];
        _first = 0;
        Length = 0;
        Count = 0;
        Bytes = 0;
    }

    private void RemoveAt(int place)
    {
        ref Cell cell = ref At(place);
        Vacate(ref cell, cell.Entry!);
        while (Length > 0 && At(0).Entry is null)
        {
            _first = (_first + 1) & (_cells.Length - 1);
            Length--;
        }

        while (Length > 0 && At(Length - 1).Entry is null)
        {
            Length--;
        }

        int holes = Length - Count;
        if (holes > SmallestSweep && holes > Count / 2)
        {
            Sweep();
        }
    }

    private void Vacate(ref Cell cell, FeedEntry entry)
    {
        cell.Entry = null;
        Count--;
        Bytes -= entry.Payload.Length;
    }

    private void Sweep()
    {
        int to = 0;
        for (int from = 0; from < Length; from++)
        {
            if (At(from).Entry is not null)
            {
                At(to++) = At(from);
            }
        }

        for (int place = to; place < Length; place++)
        {
            At(place) = default;
        }

        Length = to;
    }

    private void Resize(int capacity)
    {
        var cells = new Cell[capacity];
        int head = Math.Min(Length, _cells.Length - _first);
        Array.Copy(_cells, _first, cells, 0, head);
        Array.Copy(_cells, 0, cells, head, Length - head);
        _cells = cells;
        _first = 0;
    }

    private ref Cell At(int place) => ref _cells[(_first + place) & (_cells.Length - 1)];

    private struct Cell(long key, FeedEntry entry)
    {
        public readonly long Key = key;
        public FeedEntry? Entry = entry;
    }
}
