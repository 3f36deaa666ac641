using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Feeds;

namespace Switchboard.Node.Feeds;

/// <summary>The feeds that connections of this edge receive, each with its cursor; dropped with the last receiver.</summary>
internal sealed class FeedCursors
{
    private readonly ConcurrentDictionary<FeedId, FeedCursor> _cursors = new();

    /// <summary>Called when a feed has lost its last receiver.</summary>
    public Action<FeedId>? OnDropped { get; set; }

    /// <summary>How many feeds have a receiver.</summary>
    public int Count => _cursors.Count;

    /// <summary>Before the cluster is asked: a receiver is to come. <see cref="Settle"/> or <see cref="Abandon"/> follows.</summary>
    public void Enter(FeedId feed)
    {
        while (true)
        {
            FeedCursor cursor = _cursors.GetOrAdd(feed, static _ => new FeedCursor());
            if (cursor.TryEnter())
            {
                return;
            }

            // Its last receiver left this moment; whoever dropped it takes it out of the table.
            _cursors.TryRemove(KeyValuePair.Create(feed, cursor));
        }
    }

    /// <summary>The receiver that entered was given a head, and stays until it leaves.</summary>
    public void Settle(FeedId feed, Position head) => _cursors[feed].Settle(head);

    /// <summary>The receiver that entered does not come.</summary>
    public void Abandon(FeedId feed)
    {
        FeedCursor cursor = _cursors[feed];
        Drop(feed, cursor, cursor.Abandon());
    }

    /// <summary>A receiver that was settled leaves.</summary>
    public void Leave(FeedId feed)
    {
        FeedCursor cursor = _cursors[feed];
        Drop(feed, cursor, cursor.Leave());
    }

    /// <summary>What this edge has seen of a feed; null where it knows nothing.</summary>
    public Position? Seen(FeedId feed) => _cursors.TryGetValue(feed, out FeedCursor? cursor) ? cursor.Seen : null;

    public bool TryFind(FeedId feed, [NotNullWhen(true)] out FeedCursor? cursor) => _cursors.TryGetValue(feed, out cursor);

    private void Drop(FeedId feed, FeedCursor cursor, bool isLast)
    {
        if (isLast)
        {
            _cursors.TryRemove(KeyValuePair.Create(feed, cursor));
            OnDropped?.Invoke(feed);
        }
    }
}
