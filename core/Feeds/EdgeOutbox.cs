using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Feeds;

/// <summary>
/// What waits for one edge of one feed. At most one batch is in flight; while it is, the next one fills. A newer
/// entry of a slot replaces an older one that still waits. Beyond its bounds volatile entries go first, then all that
/// waits becomes a notice of loss. Not safe for concurrent use, but for the lists of the batch in flight.
/// </summary>
public sealed class EdgeOutbox
{
    private const long ToldNothing = -1;

    private const int LongestSkip = 64;

    private readonly OutboxOptions _options;
    private readonly EntryLog _waiting = new();
    private readonly List<FeedEntry> _taken = [];
    private Dictionary<string, long>? _slots;
    private List<PresenceChange>? _waitingPresence;
    private List<PresenceChange>? _takenPresence;
    private Position? _waitingLost;
    private Position? _takenLost;
    private long _sequence;
    private long _after;
    private long _through;
    private long _appended;
    private int _volatileCount;
    private bool _failed;
    private bool _obsolete;
    private bool _isOutpaced;

    internal EdgeOutbox(EdgeId edge, OutboxOptions options)
    {
        Edge = edge;
        _options = options;
    }

    /// <summary>
    /// The offset up to which the edge is known to have seen the feed; -1 where it has yet to be told that it lost
    /// continuity.
    /// </summary>
    public long Seen { get; private set; }

    /// <summary>
    /// Whether nothing was heard of the edge yet: it is taken to have seen all that came before its first receiver.
    /// </summary>
    internal bool IsSeenAssumed { get; private set; }

    /// <summary>The edge that the batches are for.</summary>
    public EdgeId Edge { get; }

    /// <summary>True from <see cref="TryTake"/> to <see cref="Complete"/> or <see cref="Fail"/>.</summary>
    public bool InFlight { get; private set; }

    /// <summary>True when a batch can be taken.</summary>
    public bool HasWork =>
        !InFlight
        && (_failed || _isOutpaced || _waiting.Count > 0 || _waitingLost is not null || _waitingPresence is { Count: > 0 });

    /// <summary>True when so much waits that publishers should be held up.</summary>
    public bool IsBehind => _waiting.Count > _options.PaceCount || _waiting.Bytes > _options.PaceBytes;

    /// <summary>Receivers of the feed on this edge. Without one, nothing waits.</summary>
    internal int Receivers { get; set; }

    /// <summary>Receivers that are told of presence.</summary>
    internal int Watchers { get; set; }

    /// <summary>Takes the next batch, or the one that failed before; false where nothing waits or one is in flight.</summary>
    public bool TryTake(out EdgeBatch batch)
    {
        if (!HasWork)
        {
            batch = default;
            return false;
        }

        if (!_failed)
        {
            Take();
        }

        _failed = false;
        InFlight = true;
        batch = new EdgeBatch(_after, _through, _takenLost, _takenPresence is null ? [] : _takenPresence, _taken);
        return true;
    }

    /// <summary>The batch in flight has arrived.</summary>
    public void Complete()
    {
        if (!_obsolete)
        {
            Seen = _through;
            IsSeenAssumed = false;
        }

        DropTaken();
    }

    /// <summary>
    /// Whether the batch in flight has arrived is unknown: it is the next one again, but for volatile entries, which
    /// have no offset by which a second one could be told.
    /// </summary>
    public void Fail()
    {
        if (_obsolete)
        {
            RestorePresence();
            DropTaken();
            return;
        }

        InFlight = false;

        _taken.RemoveAll(static entry => entry.Class == DeliveryClass.Volatile);
        _failed = _taken.Count > 0 || _takenLost is not null || _takenPresence is { Count: > 0 };
    }

    /// <summary>The first receiver comes: what waits from now on goes on after an offset.</summary>
    internal void Begin(long after)
    {
        Seen = _through = _appended = after;
        IsSeenAssumed = true;
    }

    /// <summary>Forgets what waits: the edge has seen the feed up to a position, of its own or by being told of a loss.</summary>
    internal void Rewind(Position to, bool isLost)
    {
        ClearWaiting();
        _waitingLost = isLost ? to : null;
        if (_failed)
        {
            RestorePresence();
            DropTaken();
        }

        // What is in flight is not to be sent again: all of it that counts waits once more.
        _obsolete = InFlight;
        Begin(to.Offset);
        Seen = isLost ? ToldNothing : to.Offset;
        IsSeenAssumed = false;
    }

    /// <summary>Passes over an entry that nobody on the edge is to receive.</summary>
    internal void Skip(Position head)
    {
        _appended = head.Offset;

        // Every now and then the edge is told how far it has come, so that it never falls behind the history.
        _isOutpaced |= _appended - _through > LongestSkip;
    }

    /// <summary>Appends an entry to what waits.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="head">The feed's head with this entry in it.</param>
    internal void Append(FeedEntry entry, Position head)
    {
        _appended = head.Offset;
        if (entry.Slot is { } superseded && _slots is not null && _slots.Remove(superseded, out long older))
        {
            _waiting.Remove(older);
        }

        if (!Fits(entry))
        {
            if (entry.Class == DeliveryClass.Volatile)
            {
                return;
            }

            DropVolatile();
            if (!Fits(entry))
            {
                ClearWaiting();
                _waitingLost = head;
                return;
            }
        }

        _waiting.Add(++_sequence, entry);
        if (entry.Slot is { } slot)
        {
            _slots ??= [];
            _slots[slot] = _sequence;
        }
        else if (entry.Class == DeliveryClass.Volatile)
        {
            _volatileCount++;
        }
    }

    /// <summary>
    /// Appends a presence change. Beyond the bound all that wait are dropped: the edge sees that the next one does
    /// not apply to its version, and asks for a snapshot.
    /// </summary>
    internal void Append(PresenceChange change)
    {
        _waitingPresence ??= new List<PresenceChange>(1);
        if (_waitingPresence.Count >= _options.MaxPendingPresence)
        {
            _waitingPresence.Clear();
        }

        _waitingPresence.Add(change);
    }

    /// <summary>Forgets what waits; the last receiver is gone.</summary>
    internal void Reset()
    {
        ClearWaiting();
        _waitingLost = null;
        _waitingPresence = null;
        _obsolete = InFlight;
        if (_failed)
        {
            DropTaken();
        }
    }

    private bool Fits(FeedEntry entry) =>
        _waiting.Count < _options.MaxPendingCount
        && _waiting.Bytes + entry.Payload.Length <= _options.MaxPendingBytes;

    private void Take()
    {
        (_takenLost, _waitingLost) = (_waitingLost, null);
        _after = _takenLost?.Offset ?? _through;
        _through = _after;
        (_takenPresence, _waitingPresence) = (_waitingPresence, _takenPresence);
        _isOutpaced = false;
        long bytes = 0;
        while (_taken.Count < _options.MaxBatchCount && _waiting.TryPeek(out FeedEntry? entry))
        {
            bytes += entry.Payload.Length;
            if (bytes > _options.MaxBatchBytes && _taken.Count > 0)
            {
                break;
            }

            _taken.Add(entry);
            _through = Math.Max(_through, entry.Offset);
            _waiting.RemoveFirst();
            if (entry.Slot is { } slot)
            {
                _slots!.Remove(slot);
            }
            else if (entry.Class == DeliveryClass.Volatile)
            {
                _volatileCount--;
            }
        }

        if (_waiting.Count == 0)
        {
            _through = _appended;
        }

        _waiting.ShrinkIfEmpty();
    }

    private void DropTaken()
    {
        InFlight = false;
        _failed = false;
        _obsolete = false;
        _taken.Clear();
        _takenPresence?.Clear();
        _takenLost = null;
    }

    // Presence is no part of the feed's order: what of it was taken waits again, before what came since.
    private void RestorePresence()
    {
        if (Watchers > 0 && _takenPresence is { Count: > 0 })
        {
            _takenPresence.AddRange(_waitingPresence ?? []);
            (_takenPresence, _waitingPresence) = (_waitingPresence, _takenPresence);
        }
    }

    private void DropVolatile()
    {
        if (_volatileCount > 0)
        {
            _waiting.RemoveWhere(static entry => entry.Class == DeliveryClass.Volatile);
            _volatileCount = 0;
        }
    }

    private void ClearWaiting()
    {
        _waiting.Clear();
        _slots = null;
        _volatileCount = 0;
    }
}
