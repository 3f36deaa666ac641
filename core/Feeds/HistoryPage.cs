using System.Text;

namespace Switchboard.Core.Feeds;

/// <summary>
/// Messages of a history one after another, as bytes: to a garbage collector a few objects, where each message would be
/// several that live just long enough to be moved twice.
/// </summary>
internal sealed class HistoryPage(int size)
{
    // What an empty message counts as, so that no page holds messages without end.
    private const int SmallestRecord = 16;

    // Of more that alternate, some are kept twice.
    private const int SendersSearched = 16;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(size);
    private readonly List<Sender> _senders = new(1);
    private int _used;

    /// <summary>Bytes that the page takes.</summary>
    public int Size => _bytes.Length;

    /// <summary>Messages that were written and not removed.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of a page that an entry takes.</summary>
    public static int SizeOf(FeedEntry entry) =>
        SizeOf(entry.Payload.Length, entry.Slot is null ? 0 : Encoding.UTF8.GetByteCount(entry.Slot));

    /// <summary>Bytes of a page that a message takes.</summary>
    public static int SizeOf(in HistoryRecord record) => SizeOf(record.PayloadLength, record.SlotLength);

    public bool HasRoomFor(int bytes) => _bytes.Length - _used >= bytes;

    /// <summary>Copies an entry into the page, which must have room for it.</summary>
    public HistoryRecord Write(FeedEntry entry)
    {
        int at = _used;
        entry.Payload.Span.CopyTo(_bytes.AsSpan(at));
        int slotLength = entry.Slot is null ? 0 : Encoding.UTF8.GetBytes(entry.Slot, _bytes.AsSpan(at + entry.Payload.Length));
        _used += SizeOf(entry.Payload.Length, slotLength);
        Count++;
        return new HistoryRecord(
            this,
            at,
            entry.Payload.Length,
            slotLength,
            NumberOf(entry.Sender),
            entry.Timestamp,
            entry.PayloadKind,
            entry.Class,
            entry.ExceptSender);
    }

    /// <summary>A copy of a message.</summary>
    public FeedEntry Read(long offset, in HistoryRecord record) => new()
    {
        Offset = offset,
        Timestamp = record.Timestamp,
        Payload = _bytes.AsSpan(record.At, record.PayloadLength).ToArray(),
        PayloadKind = record.PayloadKind,
        Class = record.Class,
        Slot = ReadSlot(record),
        Sender = record.Sender < 0 ? null : _senders[record.Sender],
        ExceptSender = record.ExceptSender,
    };

    /// <summary>The slot of a message; null for none.</summary>
    public string? ReadSlot(in HistoryRecord record) => record.SlotLength == 0
        ? null
        : Encoding.UTF8.GetString(_bytes, record.At + record.PayloadLength, record.SlotLength);

    /// <summary>A message is removed. The last one leaves the page empty, as new.</summary>
    public void Remove()
    {
        if (--Count == 0)
        {
            _used = 0;
            _senders.Clear();
        }
    }

    private static int SizeOf(int payload, int slot) => Math.Max(payload + slot, SmallestRecord);

    private int NumberOf(Sender? sender)
    {
        if (sender is null)
        {
            return -1;
        }

        int until = Math.Max(0, _senders.Count - SendersSearched);
        for (int number = _senders.Count - 1; number >= until; number--)
        {
            if (_senders[number] == sender)
            {
                return number;
            }
        }

        _senders.Add(sender);
        return _senders.Count - 1;
    }
}
