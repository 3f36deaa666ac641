namespace Switchboard.Core.Feeds;

/// <summary>
/// The newest offset of each slot of a feed, also of those whose entry the history dropped: such an entry is missing
/// to a reader until a newer one of its slot supersedes it.
/// </summary>
internal sealed class SlotIndex
{
    private readonly Dictionary<string, long> _newest = [];
    private readonly SortedSet<DroppedSlot> _dropped = [];

    /// <summary>Slots whose newest entry is in the history.</summary>
    public int HeldCount => _newest.Count - _dropped.Count;

    /// <summary>Slots whose newest entry was dropped.</summary>
    public int DroppedCount => _dropped.Count;

    /// <summary>The largest offset that was dropped and not superseded since; 0 for none.</summary>
    public long DroppedThrough => _dropped.Count == 0 ? 0 : _dropped.Max.Offset;

    /// <summary>Notes a slot's newest entry, and gives the offset of the held one that it supersedes; 0 for none.</summary>
    public long Advance(string slot, long offset)
    {
        long before = _newest.GetValueOrDefault(slot);
        _newest[slot] = offset;
        return before != 0 && _dropped.Remove(new DroppedSlot(before, slot)) ? 0 : before;
    }

    /// <summary>The history dropped the newest entry of a slot.</summary>
    public void Drop(string slot, long offset) => _dropped.Add(new DroppedSlot(offset, slot));

    /// <summary>Forgets the dropped slot with the smallest offset, which is returned.</summary>
    public long ForgetOldestDropped()
    {
        DroppedSlot oldest = _dropped.Min;
        _dropped.Remove(oldest);
        _newest.Remove(oldest.Slot);
        return oldest.Offset;
    }

    /// <summary>Forgets dropped slots up to an offset that can't be recovered from anyway.</summary>
    public void ForgetDropped(long through)
    {
        while (_dropped.Count > 0 && _dropped.Min.Offset <= through)
        {
            ForgetOldestDropped();
        }
    }

    private readonly record struct DroppedSlot(long Offset, string Slot) : IComparable<DroppedSlot>
    {
        public int CompareTo(DroppedSlot other) => Offset.CompareTo(other.Offset);
    }
}
