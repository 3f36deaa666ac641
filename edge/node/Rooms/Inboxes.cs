using System.Collections.Concurrent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Node.Cluster;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Rooms;

/// <summary>
/// Which silo's inbox is the nearest to a room. It is learnt from the room's answers, and forgotten when it fails: then
/// the room itself is called, wherever it is.
/// </summary>
internal sealed class Inboxes(EdgeId edge, SwitchedCluster cluster, FeedCursors cursors, Tickets tickets)
{
    private readonly ConcurrentDictionary<string, InboxLink> _byRoom = new();
    private readonly ConcurrentDictionary<ISiloInbox, InboxLink> _links = new();

    /// <summary>Publishes a batch by the shortest way that is known.</summary>
    public async ValueTask<PublishAnswer> PublishAsync(RoomName room, PublishBatch batch)
    {
        if (!_byRoom.TryGetValue(room.Value, out InboxLink? link))
        {
            PublishAnswer first = await cluster.Room(room).PublishAsync(batch);
            Learn(room, first.Inbox);
            return first;
        }

        try
        {
            PublishAnswer answer = await link.PublishAsync(room, batch);
            Learn(room, answer.Inbox);
            return answer;
        }
        catch
        {
            _byRoom.TryRemove(KeyValuePair.Create(room.Value, link));
            _links.TryRemove(KeyValuePair.Create(link.Inbox, link));
            throw;
        }
    }

    /// <summary>Nobody here receives the room any more.</summary>
    public void Forget(FeedId feed)
    {
        if (feed.Kind == FeedKind.Room)
        {
            _byRoom.TryRemove(feed.Owner, out _);
        }
    }

    // Only of rooms with members here, so that the table ends with them.
    private void Learn(RoomName room, ISiloInbox? inbox)
    {
        if (inbox is not null && cursors.TryFind(FeedId.Of(room), out _))
        {
            _byRoom[room.Value] = _links.GetOrAdd(
                inbox,
                static (inbox, call) => new InboxLink(call.edge, inbox, call.cluster, call.tickets),
                (edge, cluster, tickets));
        }
    }
}
