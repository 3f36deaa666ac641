using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Feeds;

/// <summary>The edges that receive a feed, each with what waits for it. An edge without receivers gets nothing.</summary>
internal sealed class Audience(OutboxOptions options)
{
    private readonly List<EdgeOutbox> _outboxes = new(1);

    public IReadOnlyList<EdgeOutbox> Outboxes => _outboxes;

    /// <summary>Receivers on any edge that are told of presence.</summary>
    public int Watchers { get; private set; }

    public bool HasWork
    {
        get
        {
            foreach (EdgeOutbox outbox in _outboxes)
            {
                if (outbox.HasWork)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Adds a receiver on an edge.</summary>
    /// <param name="edge">Where.</param>
    /// <param name="watches">Whether it is told of presence.</param>
    /// <param name="head">The feed's head, after which an edge that has none yet is delivered to.</param>
    public void Add(EdgeId edge, bool watches, long head)
    {
        EdgeOutbox? outbox = Find(edge);
        if (outbox is null)
        {
            outbox = new EdgeOutbox(edge, options);
            _outboxes.Add(outbox);
        }

        if (outbox.Receivers++ == 0)
        {
            outbox.Begin(head);
        }

        if (watches)
        {
            outbox.Watchers++;
            Watchers++;
        }
    }

    public void Remove(EdgeId edge, bool watches)
    {
        EdgeOutbox outbox = Find(edge)!;
        outbox.Receivers--;
        if (watches)
        {
            outbox.Watchers--;
            Watchers--;
        }

        if (outbox.Receivers == 0)
        {
            outbox.Reset();
            _outboxes.RemoveAll(static candidate => candidate.Receivers == 0 && !candidate.InFlight);
        }
    }

    /// <summary>Appends an entry to what waits for every edge that has a receiver for it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="head">The feed's head with this entry in it.</param>
    /// <param name="sender">The edge of a sender that is not to receive it; a default value for none.</param>
    public void Append(FeedEntry entry, Position head, EdgeId sender)
    {
        foreach (EdgeOutbox outbox in _outboxes)
        {
            if (outbox.Receivers == 1 && outbox.Edge == sender)
            {
                outbox.Skip(head);
            }
            else if (outbox.Receivers > 0)
            {
                outbox.Append(entry, head);
            }
        }
    }

    public void Append(PresenceChange change)
    {
        foreach (EdgeOutbox outbox in _outboxes)
        {
            if (outbox.Watchers > 0)
            {
                outbox.Append(change);
            }
        }
    }

    public EdgeOutbox? Find(EdgeId edge)
    {
        foreach (EdgeOutbox outbox in _outboxes)
        {
            if (outbox.Edge == edge)
            {
                return outbox;
            }
        }

        return null;
    }
}
