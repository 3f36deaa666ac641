using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Core.Feeds;

/// <summary>
/// Values in the order of rising keys, from 1: appended at the end, taken from the front, and removed anywhere. A ring in
/// which a removed value leaves a hole; holes are swept once they outnumber half of the values, so that every operation
/// stays O(1) amortised, and finding a key O(log n).
/// </summary>
internal sealed class KeyedRing<T>
{
    private const int SmallestSweep = 16;

    private Cell[] _cells = [];
    private int _first;

    /// <summary>Places in use, holes included. The first and the last are never holes.</summary>
    public int Length { get; private set; }

    /// <summary>Values, without holes.</summary>
    public int Count { get; private set; }

    /// <summary>Places there is memory for.</summary>
    public int Capacity => _cells.Length;

    /// <summary>The value at a place from 0; a default one for a hole.</summary>
    public ref T this[int place] => ref At(place).Value;

    /// <summary>The key at a place; of a hole, the one that was removed.</summary>
    public long KeyAt(int place) => At(place).Key;

    public bool IsHole(int place) => At(place).IsHole;

    public void Add(long key, T value)
    {
        if (Length == _cells.Length)
        {
            Resize(Math.Max(4, _cells.Length * 2));
        }

        Length++;
        At(Length - 1) = new Cell(key, value);
        Count++;
    }

    /// <summary>Removes the first value of at least one.</summary>
    public T RemoveFirst() => RemoveAt(0);

    /// <summary>Removes the value with the key, if it is held.</summary>
    public bool Remove(long key, [MaybeNullWhen(false)] out T removed)
    {
        int place = PlaceAfter(key - 1);
        bool found = place < Length && At(place).Key == key && !At(place).IsHole;
        removed = found ? RemoveAt(place) : default;
        return found;
    }

    /// <summary>Removes all values that <paramref name="match"/>. O(n).</summary>
    public void RemoveWhere(Predicate<T> match)
    {
        for (int place = 0; place < Length; place++)
        {
            ref Cell cell = ref At(place);
            if (!cell.IsHole && match(cell.Value))
            {
                cell.Vacate();
                Count--;
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

    /// <summary>Empties the ring and gives its memory back.</summary>
    public void Clear()
    {
        _cells = [];
        _first = 0;
        Length = 0;
        Count = 0;
    }

    private T RemoveAt(int place)
    {
        ref Cell cell = ref At(place);
        T removed = cell.Value;
        cell.Vacate();
        Count--;
        while (Length > 0 && At(0).IsHole)
        {
            _first = (_first + 1) & (_cells.Length - 1);
            Length--;
        }

        while (Length > 0 && At(Length - 1).IsHole)
        {
            Length--;
        }

        int holes = Length - Count;
        if (holes > SmallestSweep && holes > Count / 2)
        {
            Sweep();
        }

        return removed;
    }

    private void Sweep()
    {
        int to = 0;
        for (int from = 0; from < Length; from++)
        {
            if (!At(from).IsHole)
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

    private struct Cell(long key, T value)
    {
        // A hole keeps its key, as its complement, so that keys can still be searched for.
        private long _key = key;

        public T Value = value;

        public readonly bool IsHole => _key < 0;

        public readonly long Key => IsHole ? ~_key : _key;

        public void Vacate()
        {
            _key = ~_key;
            Value = default!;
        }
    }
}
