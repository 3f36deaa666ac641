using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

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

    private protected FeedOwner(FeedOptions options, Epoch epoch)
    {
        _options = options;
        Epoch = epoch;
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

    private protected Audience EnsureAudience() => Audience ??= new Audience(OutboxOptions);

    private protected PublishResult Append(in Publication publication, long now)
    {
        if (!IsWellFormed(publication))
        {
            return new PublishResult(BackplaneStatus.Refused, default, false);
        }

        _feed ??= new Feed(_options, Epoch);
        AppendResult result = _feed.Append(publication, now);
        if (result.Entry is not { } entry)
        {
            return new PublishResult(BackplaneStatus.Ok, result.Position, true);
        }

        Audience?.Append(entry, result.Position);
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
    private bool IsWellFormed(in Publication publication) =>
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
