namespace Switchboard.Gateway.WebSockets;

/// <summary>
/// Frames that wait for a socket which is behind. Made when the first one has to wait. Not thread-safe: its
/// <see cref="Outbound"/> locks.
/// </summary>
internal sealed class OutboundQueue
{
    private const int MinimumCapacity = 8;

    private Item[] _items = new Item[MinimumCapacity];
    private Dictionary<SlotKey, long>? _slots;
    private int _head;
    private int _count;
    private int _superseded;

    // The number of the item at the head. Slots remember numbers, which stay when places move.
    private long _headNumber;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many of them count against the queue's limit: answers and recoveries, which were asked for, do not.</summary>
    public long BoundedBytes { get; private set; }

    public bool IsEmpty => _count == 0;

    /// <summary>
    /// Appends a frame. One of the same slot that still waits is dropped for it: the newer one does not take the
    /// older one's place, so that offsets go on rising.
    /// </summary>
    /// <returns>True when it superseded one.</returns>
    public bool Enqueue(SharedBuffer buffer, in OutboundFrame frame, bool bounded, bool isMessage = true)
    {
        bool supersedes = frame.Slot is { } slot && Supersede(slot);
        if (_count == _items.Length)
        {
            Resize();
        }

        if (frame.Slot is not null)
        {
            _slots![frame.Slot] = _headNumber + _count;
        }

        buffer.Retain();
        ItemAt(_count++) = new Item(buffer, frame.Start, frame.Length, frame.Slot, bounded, isMessage);
        Count(frame.Length, bounded);
        return supersedes;
    }

    /// <summary>Takes up to <paramref name="most"/> bytes off the front. The caller releases the buffer.</summary>
    public bool TryTake(int most, out SharedBuffer buffer, out int start, out int length, out bool endsMessage)
    {
        while (_count != 0)
        {
            ref Item item = ref _items[_head];
            if (item.Buffer is null)
            {
                _superseded--;
                RemoveHead();
                continue;
            }

            if (item.Slot is { } slot)
            {
                _slots!.Remove(slot);
            }

            (buffer, start, length) = (item.Buffer, item.Start, Math.Min(item.Length, most));
            Count(-length, item.Bounded);
            endsMessage = item.IsMessage && length == item.Length;
            if (length < item.Length)
            {
                // The rest of a frame that has begun to be sent can't be superseded any more.
                buffer.Retain();
                item = new Item(buffer, start + length, item.Length - length, null, item.Bounded, item.IsMessage, Begun: true);
                return true;
            }

            RemoveHead();
            return true;
        }

        (buffer, start, length, endsMessage) = (null!, 0, 0, false);
        return false;
    }

    /// <summary>Drops all frames but the rest of one that has begun to be sent.</summary>
    public void DropWaiting()
    {
        Item begun = _count != 0 && _items[_head].Begun ? _items[_head] : default;
        begun.Buffer?.Retain();
        Clear();
        if (begun.Buffer is not null)
        {
            ItemAt(_count++) = begun;
            Count(begun.Length, begun.Bounded);
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        while (TryTake(int.MaxValue, out SharedBuffer buffer, out _, out _, out _))
        {
            buffer.Release();
        }
    }

    private void Count(int bytes, bool bounded)
    {
        Bytes += bytes;
        BoundedBytes += bounded ? bytes : 0;
    }

    private bool Supersede(SlotKey slot)
    {
        _slots ??= [];
        if (!_slots.TryGetValue(slot, out long number))
        {
            return false;
        }

        ref Item waiting = ref ItemAt((int)(number - _headNumber));
        Count(-waiting.Length, waiting.Bounded);
        waiting.Buffer!.Release();
        waiting = default;
        _superseded++;
        return true;
    }

    private void RemoveHead()
    {
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        _headNumber++;
        _count--;
    }

    private ref Item ItemAt(int index) => ref _items[(_head + index) & (_items.Length - 1)];

    // Slots that are written for long before a stalled socket leave holes: those go before the array grows.
    private void Resize()
    {
        Item[] items = new Item[_superseded * 2 >= _count ? _items.Length : _items.Length * 2];
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Item item = ItemAt(i);
            if (item.Buffer is null)
            {
                continue;
            }

            if (item.Slot is { } slot)
            {
                _slots![slot] = _headNumber + kept;
            }

            items[kept++] = item;
        }

        (_items, _head, _count, _superseded) = (items, 0, kept, 0);
    }

    private readonly record struct Item(
        SharedBuffer? Buffer, int Start, int Length, SlotKey? Slot, bool Bounded, bool IsMessage, bool Begun = false);
}
