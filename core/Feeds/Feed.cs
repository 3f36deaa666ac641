using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>
/// An ordered log: offsets from 1 within one epoch, a bounded history, and a window of idempotency keys. Not safe for
/// concurrent use. Times are milliseconds since the Unix epoch; a clock that goes back counts as standing still.
/// </summary>
public sealed class Feed
{
    private readonly FeedOptions _options;
    private readonly HistoryLog _log = new();
    private SlotIndex? _slots;
    private KeyWindow? _keys;
    private long _head;
    private long _now;

    // Every entry up to here that was not superseded may be missing.
    private long _floor;

    // No latest entry before this offset is held: the search for the oldest slot goes on from here.
    private long _slotsFrom = 1;

    /// <summary>A feed that begins.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="epoch">An epoch that no earlier life of the feed had.</param>
    public Feed(FeedOptions options, Epoch epoch)
    {
        _options = options;
        Epoch = epoch;
    }

    /// <summary>A feed that goes on from what was kept of it.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="stored">What was kept.</param>
    /// <param name="now">The time.</param>
    public Feed(FeedOptions options, StoredFeed stored, long now)
        : this(options, stored.Epoch) => Advance(stored, now);

    /// <summary>The feed's life.</summary>
    public Epoch Epoch { get; }

    /// <summary>The newest position.</summary>
    public Position Head => new(Epoch, _head);

    /// <summary>When the last that is kept expires; null where nothing is kept.</summary>
    public long? ExpiresAt
    {
        get
        {
            long? entries = _log.Count == 0 ? null : _log.LastTimestamp + MaxAge;
            long? keys = _keys?.ExpiresAt;
            return entries is null || keys > entries ? keys : entries;
        }
    }

    /// <summary>
    /// A reader that has seen less than this offset misses something that is no longer held, and was not superseded.
    /// </summary>
    public long ReachesBackTo => Math.Max(_floor, _slots?.DroppedThrough ?? 0);

    private long MaxAge => _options.MaxAge.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>
    /// Appends a message, unless its key was seen before. Volatile messages take no offset and are not kept; of each
    /// slot the history keeps the newest entry only. O(1) amortised.
    /// </summary>
    /// <param name="publication">With a slot if and only if it is a latest one, and no key if it is volatile.</param>
    /// <param name="now">The time.</param>
    public AppendResult Append(in Publication publication, long now)
    {
        if (TryFindKey(publication, now, out Position first))
        {
            return new AppendResult(first, null);
        }

        bool sequenced = publication.Class != DeliveryClass.Volatile;
        FeedEntry entry = FeedEntry.Of(publication, sequenced ? _head + 1 : 0, _now);
        if (sequenced)
        {
            Accept(entry, publication.Key);
        }

        return new AppendResult(Head, entry);
    }

    /// <summary>Finds the position that a publication's key was seen with before; false without a key too.</summary>
    public bool TryFindKey(in Publication publication, long now, out Position first)
    {
        Trim(now);
        long offset = 0;
        bool found = publication.Key is { } key
            && _keys is not null
            && _keys.TryFind(publication.Sender?.User.Value, key, _now, out offset);
        first = new Position(Epoch, offset);
        return found;
    }

    /// <summary>Takes in an entry that was made elsewhere, with the next offset. O(1) amortised.</summary>
    public void Accept(FeedEntry entry, string? key)
    {
        if (key is not null)
        {
            EnsureKeys().Add(entry.Sender?.User.Value, key, entry.Offset, entry.Timestamp);
        }

        _head = entry.Offset;
        Keep(entry);
    }

    /// <summary>
    /// Takes in what was kept of the feed beyond its head; the epoch must be the same. Times that another clock wrote
    /// count as this one's.
    /// </summary>
    public void Advance(StoredFeed stored, long now)
    {
        Trim(now);
        if (stored.Floor > _head)
        {
            // Between what is held and what comes, something is missing: a history with a hole would not tell.
            _log.Clear();
            _slots = null;
            _slotsFrom = 1;
        }

        _floor = Math.Max(_floor, stored.Floor);
        long head = _head;
        foreach (FeedEntry entry in stored.Entries)
        {
            if (entry.Offset > head)
            {
                Clamp(entry.Timestamp);
                _head = entry.Offset;
                Keep(entry);
            }
        }

        foreach (StoredKey key in stored.Keys)
        {
            if (key.Offset > head)
            {
                Clamp(key.Timestamp);
                EnsureKeys().Add(key.User, key.Key, key.Offset, key.Timestamp);
            }
        }

        _head = Math.Max(_head, stored.Head);
        Trim(now);
    }

    /// <summary>The time, but never an earlier one than before.</summary>
    public long Clamp(long now) => _now = Math.Max(_now, now);

    /// <summary>All that is held, so that a feed elsewhere can go on from it.</summary>
    public StoredFeed Save()
    {
        var entries = new List<FeedEntry>(_log.Count);
        CopyTo(entries, 0);
        return new StoredFeed(Epoch, _head, ReachesBackTo, entries, _keys is null ? [] : _keys.Save());
    }

    /// <summary>All entries after an offset that are held, also those that were not for their sender.</summary>
    public IReadOnlyList<FeedEntry> Since(long offset)
    {
        List<FeedEntry> entries = [];
        CopyTo(entries, _log.PlaceAfter(offset));
        return entries;
    }

    /// <summary>
    /// Gives a reader what came after a position. Recoverable is a position after which every entry that was not
    /// superseded is still held; only where more slots than <see cref="FeedOptions.MaxSlots"/> have lost their entry
    /// may it say trimmed for one that has become recoverable again.
    /// </summary>
    /// <param name="from">What was last seen; null to recover nothing.</param>
    /// <param name="reader">Who reads: its own messages that were not for it are left out.</param>
    /// <param name="now">The time.</param>
    public Recovery Recover(Position? from, ConnectionId reader, long now)
    {
        Trim(now);
        if (from is not { } position)
        {
            return new Recovery(Head, RecoveryOutcome.NotAsked, []);
        }

        if (position.Epoch != Epoch)
        {
            return new Recovery(Head, RecoveryOutcome.EpochChanged, []);
        }

        if (position.Offset > _head)
        {
            return new Recovery(Head, RecoveryOutcome.Ahead, []);
        }

        return position.Offset >= ReachesBackTo && TryCollect(position.Offset, reader, out List<FeedEntry>? missed)
            ? new Recovery(Head, RecoveryOutcome.Recovered, missed is null ? [] : missed)
            : new Recovery(Head, RecoveryOutcome.Trimmed, []);
    }

    /// <summary>
    /// Reads a page of the history, also what was not for its sender. Forward, a position that can't be recovered
    /// from is unknown; backward, the history ends where it was trimmed. O(log n + limit).
    /// </summary>
    public HistoryResult Read(HistoryQuery query, long now)
    {
        Trim(now);
        if (query.From is { } from
            && (from.Epoch != Epoch || from.Offset > _head || (!query.Backward && from.Offset < ReachesBackTo)))
        {
            return new HistoryResult(BackplaneStatus.PositionUnknown, Head, [], false);
        }

        var entries = new List<FeedEntry>();
        int step = query.Backward ? -1 : 1;
        int place = query switch
        {
            { Backward: true, From: { } before } => _log.PlaceAfter(before.Offset - 1) - 1,
            { Backward: true } => _log.Length - 1,
            { From: { } after } => _log.PlaceAfter(after.Offset),
            _ => 0,
        };
        for (; place >= 0 && place < _log.Length; place += step)
        {
            if (_log[place] is not { } entry)
            {
                continue;
            }

            if (entries.Count >= Math.Max(query.Limit, 1))
            {
                return new HistoryResult(BackplaneStatus.Ok, Head, entries, true);
            }

            entries.Add(entry);
        }

        return new HistoryResult(BackplaneStatus.Ok, Head, entries, false);
    }

    /// <summary>Drops what has expired, and gives memory back where nothing is left.</summary>
    public void Trim(long now)
    {
        Clamp(now);
        long maxAge = MaxAge;
        while (_log.Count > 0 && _now - _log.FirstTimestamp >= maxAge)
        {
            DropFirst();
            if (_log.Count == 0)
            {
                _log.Clear();
            }
        }

        if (_keys is not null && _keys.IsEmptyAt(_now))
        {
            _keys = null;
        }
    }

    private KeyWindow EnsureKeys() => _keys ??= new KeyWindow(
        _options.IdempotencyWindow.Ticks / TimeSpan.TicksPerMillisecond, _options.MaxKeys);

    private void CopyTo(List<FeedEntry> entries, int place)
    {
        for (; place < _log.Length; place++)
        {
            if (_log[place] is { } entry)
            {
                entries.Add(entry);
            }
        }
    }

    private void Keep(FeedEntry entry)
    {
        if (_options.MaxCount == 0)
        {
            _floor = Math.Max(_floor, _head);
            return;
        }

        _log.Add(entry);
        if (entry.Slot is { } slot)
        {
            _slots ??= new SlotIndex();
            if (_slots.Advance(slot, entry.Offset) is > 0 and var superseded)
            {
                _log.Remove(superseded);
            }

            if (_slots.HeldCount > _options.MaxSlots)
            {
                DropOldestSlot();
            }
        }

        while (_log.Count > _options.MaxCount || _log.Bytes > _options.MaxBytes)
        {
            DropFirst();
        }
    }

    private void DropFirst()
    {
        long offset = _log.OffsetAt(0);
        string? slot = _log.SlotAt(0);
        _log.RemoveFirst();
        NoteDropped(offset, slot);
    }

    private void DropOldestSlot()
    {
        int place = _log.PlaceAfter(_slotsFrom - 1);
        string? slot;
        while ((slot = _log.SlotAt(place)) is null)
        {
            place++;
        }

        long oldest = _log.OffsetAt(place);
        _slotsFrom = oldest + 1;
        _log.Remove(oldest);
        NoteDropped(oldest, slot);
    }

    private void NoteDropped(long offset, string? slot)
    {
        if (slot is not null)
        {
            _slots!.Drop(slot, offset);
            if (_slots.DroppedCount > _options.MaxSlots)
            {
                _floor = Math.Max(_floor, _slots.ForgetOldestDropped());
            }
        }
        else
        {
            _floor = Math.Max(_floor, offset);
            _slots?.ForgetDropped(_floor);
        }
    }

    private bool TryCollect(long after, ConnectionId reader, out List<FeedEntry>? entries)
    {
        entries = null;
        long bytes = 0;
        int maxCount = _options.RecoveryLimit ?? int.MaxValue;
        long maxBytes = _options.RecoveryLimitBytes ?? long.MaxValue;
        for (int place = _log.PlaceAfter(after); place < _log.Length; place++)
        {
            if (_log[place] is not { } entry || (entry.ExceptSender && entry.Sender?.Connection == reader))
            {
                continue;
            }

            entries ??= [];
            entries.Add(entry);
            bytes += entry.Payload.Length;
            if (entries.Count > maxCount || bytes > maxBytes)
            {
                return false;
            }
        }

        return true;
    }
}
