using System.Diagnostics.CodeAnalysis;
using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>
/// What a room, a user and a connection have in common: a feed, and the edges that receive it. Both come into being
/// with the first message, but the epoch is fixed from the start. Not safe for concurrent use: a shell calls it under
/// a lock, or is single-threaded. All times are milliseconds since the Unix epoch.
/// </summary>
public abstract class FeedOwner
{
    private const int MaxLabelBytes = 64;

    private readonly FeedOptions _options;
    private Feed? _feed;
    private readonly CommitQueue? _commits;

    private protected FeedOwner(FeedOptions options, Epoch epoch)
    {
        _options = options;
        Epoch = epoch;
    }

    // A feed that goes on from what was kept; a durable one is to commit what it takes in.
    private protected FeedOwner(FeedOptions options, StoredFeed stored, bool durable, long now)
        : this(options, stored.Epoch)
    {
        _feed = durable || stored.Head > 0 ? new Feed(options, stored, now) : null;
        _commits = durable ? new CommitQueue() : null;
    }

    /// <summary>Names the feed.</summary>
    public abstract FeedId FeedId { get; }

    /// <summary>The feed's life.</summary>
    public Epoch Epoch { get; }

    /// <summary>The feed's newest position.</summary>
    public Position Head => _feed?.Head ?? new Position(Epoch, 0);

    /// <summary>What waits for each edge; changes with every call that attaches or detaches.</summary>
    public IReadOnlyList<EdgeOutbox> Outboxes => Audience is null ? [] : Audience.Outboxes;

    /// <summary>True when <see cref="Flush"/> or a batch of an edge is due.</summary>
    public virtual bool HasWork => Audience is { HasWork: true };

    private protected Audience? Audience { get; private set; }

    private protected OutboxOptions OutboxOptions => _options.Outbox;

    private protected long? FeedExpiresAt => _feed?.ExpiresAt;

    /// <summary>
    /// True when an edge is so far behind that publishers should be held up: whoever publishes faster than the feed can
    /// be delivered would otherwise turn messages into losses.
    /// </summary>
    public bool IsBehind
    {
        get
        {
            foreach (EdgeOutbox outbox in Outboxes)
            {
                if (outbox.IsBehind)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// True when more waits to be committed than may wait for an edge: the store is too slow for what is published.
    /// </summary>
    public bool IsCommitBehind => _commits is not null
        && (_commits.WaitingCount >= OutboxOptions.MaxPendingCount || _commits.WaitingBytes >= OutboxOptions.MaxPendingBytes);

    /// <summary>
    /// True after a commit that failed, and where a durable feed goes on elsewhere: what the store holds is unknown,
    /// and has to be read and handed to <see cref="CatchUp"/> before anything else is committed.
    /// </summary>
    public bool NeedsCatchUp { get; private protected set; }

    /// <summary>True while publications wait for a commit, or for the end of one.</summary>
    private protected bool IsCommitting => _commits is { IsEmpty: false };

    /// <summary>True when <see cref="TryTakeCommit"/> has something to take.</summary>
    public bool HasCommit => _commits is { HasWork: true };

    /// <summary>
    /// Takes what is to be committed next; false where nothing waits or a commit is in flight. After
    /// <see cref="Seal"/> and the store, it ends with <see cref="Complete"/>; or with <see cref="Fail"/> at any time.
    /// </summary>
    public bool TryTakeCommit([NotNullWhen(true)] out Commit? commit)
    {
        commit = null;
        return _commits is not null && _commits.TryTake(out commit);
    }

    /// <summary>
    /// Fixes the offsets of a commit, and says what the store has to append: no entry where all of its keys have become
    /// known meanwhile.
    /// </summary>
    public FeedAppend Seal(Commit commit, long now)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return commit.Seal(FeedId, _feed!, now);
    }

    /// <summary>The store holds the commit: it is history now, and is delivered and acknowledged.</summary>
    public void Complete(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        foreach ((FeedEntry entry, string? key) in commit.Sealed())
        {
            _feed!.Accept(entry, key);
            Audience?.Append(entry, Head, EdgeWithout(entry));
        }

        _commits!.Complete(commit, succeeded: true);
    }

    /// <summary>The commit was refused, or its outcome is unknown: its publications are answered Unavailable.</summary>
    public void Fail(Commit commit)
    {
        NeedsCatchUp = true;
        _commits!.Complete(commit, succeeded: false);
    }

    /// <summary>
    /// Takes in, and delivers, what the store holds beyond the head. False where the feed began anew in the store: the
    /// object is of no use any more.
    /// </summary>
    public bool CatchUp(StoredFeed stored, long now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Epoch != Epoch)
        {
            return false;
        }

        long before = Head.Offset;
        _feed!.Advance(stored, now);
        if (_feed.ReachesBackTo > before)
        {
            before = _feed.ReachesBackTo;
            foreach (EdgeOutbox outbox in Outboxes.Where(outbox => outbox.Receivers > 0))
            {
                outbox.Rewind(new Position(Epoch, before), isLost: true);
            }
        }

        foreach (FeedEntry entry in _feed.Since(before))
        {
            Audience?.Append(entry, new Position(Epoch, entry.Offset), EdgeWithout(entry));
        }

        NeedsCatchUp = false;
        return true;
    }

    /// <summary>
    /// An edge has seen the feed up to a position, and nothing of what waits for it: it is handed what came since, or
    /// told of the loss where that is no longer held.
    /// </summary>
    public void Rewind(EdgeId edge, Position seen, long now)
    {
        if (FindOutbox(edge) is not { Receivers: > 0 } outbox)
        {
            return;
        }

        _feed?.Trim(now);
        long floor = _feed?.ReachesBackTo ?? 0;
        bool known = seen.Epoch == Epoch && seen.Offset >= floor && seen.Offset <= Head.Offset;
        Position from = known ? seen : new Position(Epoch, seen.Epoch == Epoch && seen.Offset > Head.Offset ? Head.Offset : floor);
        outbox.Rewind(from, isLost: !known);
        foreach (FeedEntry entry in _feed?.Since(from.Offset) ?? [])
        {
            outbox.Append(entry, new Position(Epoch, entry.Offset));
        }
    }

    /// <summary>Moves what was coalesced so far to the edges' outboxes.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>
    /// When <see cref="Upkeep"/> is due: for expired history, for a grace period that ends, for an object that nobody
    /// needs any more. Null for never, as things stand.
    /// </summary>
    public abstract long? UpkeepAt { get; }

    /// <summary>Drops what has expired; true when the object itself has, and is to be dropped by its shell.</summary>
    public virtual bool Upkeep(long now)
    {
        _feed?.Trim(now);
        return false;
    }

    /// <summary>What waits for one edge; null where it has no receiver.</summary>
    public EdgeOutbox? FindOutbox(EdgeId edge) => Audience?.Find(edge);

    /// <summary>Where the sender of an entry is attached that is not to receive it; a default value where none is.</summary>
    private protected virtual EdgeId EdgeWithout(FeedEntry entry) => default;

    /// <summary>
    /// Whether an edge receives the feed from where it has seen it. Where another of its connections came first, without
    /// knowing what the edge has seen, it may have seen less than deliveries to it go on after.
    /// </summary>
    private protected bool Receives(EdgeId edge, Position? seen) =>
        FindOutbox(edge) is { Receivers: > 0 } outbox
        && !(outbox.IsSeenAssumed && seen is { } position && (position.Epoch != Epoch || position.Offset < outbox.Seen));

    private protected Audience EnsureAudience() => Audience ??= new Audience(OutboxOptions);

    /// <summary>After being carried elsewhere: the edges are handed what came since they were last seen.</summary>
    private protected void Rewind(IReadOnlyList<EdgeSeen> seen, long now)
    {
        foreach (EdgeSeen edge in seen)
        {
            Rewind(edge.Edge, new Position(Epoch, edge.Offset), now);
        }
    }

    /// <summary>How far each edge has seen the feed.</summary>
    private protected IReadOnlyList<EdgeSeen> SaveSeen() =>
        [.. Outboxes.Where(outbox => outbox.Receivers > 0).Select(outbox => new EdgeSeen(outbox.Edge, outbox.Seen))];

    /// <summary>What is kept of the feed; null while there was nothing.</summary>
    private protected StoredFeed? SaveFeed() => _feed?.Save();

    private protected PublishResult Append(in Publication publication, long now, out Staged staged)
    {
        staged = default;
        if (!IsWellFormed(publication))
        {
            return new PublishResult(BackplaneStatus.Refused, default, false);
        }

        if (_commits is not null && publication.Class != DeliveryClass.Volatile)
        {
            if (_feed!.TryFindKey(publication, now, out Position first))
            {
                return new PublishResult(BackplaneStatus.Ok, first, true);
            }

            if (!IsCommitBehind)
            {
                staged = _commits.Add(publication, Epoch);
            }

            return new PublishResult(BackplaneStatus.Unavailable, default, false);
        }

        _feed ??= new Feed(_options, Epoch);
        AppendResult result = _feed.Append(publication, now);
        if (result.Entry is not { } entry)
        {
            return new PublishResult(BackplaneStatus.Ok, result.Position, true);
        }

        Audience?.Append(entry, result.Position, EdgeWithout(entry));
        return new PublishResult(BackplaneStatus.Ok, result.Position, false);
    }

    private protected Recovery Recover(Position? from, ConnectionId reader, long now)
    {
        if (_feed is null && from is { } position && position != new Position(Epoch, 0))
        {
            return new Recovery(
                Head, position.Epoch == Epoch ? RecoveryOutcome.Ahead : RecoveryOutcome.EpochChanged, []);
        }

        return _feed?.Recover(from, reader, now)
            ?? new Recovery(Head, from is null ? RecoveryOutcome.NotAsked : RecoveryOutcome.Recovered, []);
    }

    private protected HistoryResult ReadFeed(HistoryQuery query, long now)
    {
        if (_feed is null)
        {
            bool known = query.From is null || query.From == Head;
            return new HistoryResult(known ? BackplaneStatus.Ok : BackplaneStatus.PositionUnknown, Head, [], false);
        }

        return _feed.Read(query, now);
    }

    // What the decoder of a command lets through; a second door, such as a server's own call, must hold too.
    private protected bool IsWellFormed(in Publication publication) =>
        (publication.Class == DeliveryClass.Latest
            ? IsLabel(publication.Slot)
            : publication.Slot is null)
        && (publication.Key is null
            || (publication.Class != DeliveryClass.Volatile
                && _options.IdempotencyWindow > TimeSpan.Zero
                && IsLabel(publication.Key)));

    private static bool IsLabel(string? text) =>
        !string.IsNullOrEmpty(text) && Encoding.UTF8.GetByteCount(text) <= MaxLabelBytes;
}
