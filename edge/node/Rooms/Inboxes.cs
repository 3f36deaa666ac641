using System.Collections.Concurrent;
using Orleans.Runtime;
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

    /// <summary>Completes when a batch for the room would leave at once: until then it is better filled.</summary>
    public Task TurnAsync(RoomName room) =>
        _byRoom.TryGetValue(room.Value, out InboxLink? link) && !link.HasFailed ? link.TurnAsync() : Task.CompletedTask;

    /// <summary>Publishes a batch by the shortest way that is known.</summary>
    public async ValueTask<PublishAnswer> PublishAsync(RoomName room, PublishBatch batch)
    {
        if (!_byRoom.TryGetValue(room.Value, out InboxLink? link) || link.HasFailed)
        {
            return await CallAsync(room, batch);
        }

        try
        {
            PublishAnswer answer = await link.PublishAsync(room, batch);
            Learn(room, answer.Inbox);
            return answer;
        }
        catch (Exception exception)
        {
            link.Fail();
            _links.TryRemove(KeyValuePair.Create(link.Inbox, link));

            if (MayBeRepeated(exception, batch))
            {
                return await CallAsync(room, batch);
            }

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

    /// <summary>A silo is gone, and nobody knows which rooms were on it.</summary>
    public void ForgetAll()
    {
        _byRoom.Clear();
        foreach (InboxLink link in _links.Values)
        {
            link.Fail();
        }

        _links.Clear();
    }

    // A silo that is unknown by now has got nothing. Otherwise that is not known; what has a key is not doubled.
    private static bool MayBeRepeated(Exception exception, PublishBatch batch) =>
        exception is ClientNotAvailableException
        || (exception is OrleansMessageRejectionException
            && Array.TrueForAll(batch.Publications, static publication => publication.Key is not null));

    private async ValueTask<PublishAnswer> CallAsync(RoomName room, PublishBatch batch)
    {
        PublishAnswer answer = await cluster.Room(room).PublishAsync(batch);
        Learn(room, answer.Inbox);
        return answer;
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
