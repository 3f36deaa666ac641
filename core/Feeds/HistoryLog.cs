namespace Switchboard.Core.Feeds;

/// <summary>
/// The messages of a feed that are kept, by their offsets. They lie in pages, and an entry is made of one when it is read;
/// see <see cref="KeyedRing{T}"/> for what each operation costs.
/// </summary>
internal sealed class HistoryLog
{
    private const int SmallestPage = 512;
    private const int LargestPage = 32 * 1024;

    private readonly KeyedRing<HistoryRecord> _ring = new();
    private HistoryPage? _page;
    private HistoryPage? _spare;

    private long _recordBytes;

    /// <summary>Places in use, some of which are holes. The first and the last are never holes.</summary>
    public int Length => _ring.Length;

    /// <summary>Messages, without holes.</summary>
    public int Count => _ring.Count;

    /// <summary>Payload bytes of all messages.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of memory for them: at most three times what they need, and four kilobytes.</summary>
    public long PageBytes { get; private set; }

    /// <summary>When the first of at least one message was accepted.</summary>
    public long FirstTimestamp => _ring[0].Timestamp;

    /// <summary>When the last of at least one message was accepted.</summary>
    public long LastTimestamp => _ring[Length - 1].Timestamp;

    /// <summary>The message at a place from 0, as a new entry; null for a hole.</summary>
    public FeedEntry? this[int place]
    {
        get
        {
            ref HistoryRecord record = ref _ring[place];
            return _ring.IsHole(place) ? null : record.Page.Read(_ring.KeyAt(place), record);
        }
    }

    /// <summary>The offset of the message at a place, or of the one that has left a hole there.</summary>
    public long OffsetAt(int place) => _ring.KeyAt(place);

    /// <summary>The slot of the message at a place; null where it has none, and for a hole.</summary>
    public string? SlotAt(int place) => _ring.IsHole(place) ? null : _ring[place].Page.ReadSlot(_ring[place]);

    /// <summary>The first place with a larger offset; the length where there is none.</summary>
    public int PlaceAfter(long offset) => _ring.PlaceAfter(offset);

    /// <summary>Copies an entry to the end; its offset is larger than all before.</summary>
    public void Add(FeedEntry entry)
    {
        _ring.Add(entry.Offset, Write(entry));
        Bytes += entry.Payload.Length;
    }

    /// <summary>Removes the first of at least one message.</summary>
    public void RemoveFirst() => Release(_ring.RemoveFirst());

    /// <summary>Removes the message with the offset, if it is held.</summary>
    public bool Remove(long offset)
    {
        bool found = _ring.Remove(offset, out HistoryRecord removed);
        if (found)
        {
            Release(removed);
        }

        return found;
    }

    /// <summary>Empties the log and gives its memory back.</summary>
    public void Clear()
    {
        _ring.Clear();
        DropPages();
        Bytes = 0;
    }

    private void Release(in HistoryRecord record)
    {
        HistoryPage page = record.Page;
        page.Remove();
        Bytes -= record.PayloadLength;
        _recordBytes -= HistoryPage.SizeOf(record);
        if (page.Count == 0)
        {
            PageBytes -= page.Size;
            _spare = page.Size <= LargestPage ? page : _spare;
            _page = page == _page ? null : _page;
        }

        // A message that outlives those around it keeps a whole page.
        if (PageBytes > (2 * _recordBytes) + (4 * SmallestPage))
        {
            WriteAnew();
        }
    }

    private void WriteAnew()
    {
        DropPages();
        for (int place = 0; place < Length; place++)
        {
            if (this[place] is { } entry)
            {
                _ring[place] = Write(entry);
            }
        }
    }

    private HistoryRecord Write(FeedEntry entry)
    {
        int size = HistoryPage.SizeOf(entry);
        if (_page is null || !_page.HasRoomFor(size))
        {
            _page = TakePage(size);
        }

        PageBytes += _page.Count == 0 ? _page.Size : 0;
        _recordBytes += size;
        return _page.Write(entry);
    }

    // With pages of a quarter of what is held, those that are half empty at both ends are little.
    private HistoryPage TakePage(int size)
    {
        int typical = (int)Math.Clamp(_recordBytes / 4, SmallestPage, LargestPage);
        if (_spare is { } spare && spare.HasRoomFor(size) && spare.Size >= typical / 2 && spare.Size <= typical * 2)
        {
            _spare = null;
            return spare;
        }

        return new HistoryPage(Math.Max(size, typical));
    }

    private void DropPages()
    {
        _page = null;
        _spare = null;
        PageBytes = 0;
        _recordBytes = 0;
    }
}
