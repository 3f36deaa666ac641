using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Cluster;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Rooms;

/// <summary>Sends to a user or to a connection.</summary>
internal sealed class DirectSends(ICluster cluster, ClusterCalls calls, FeedCursors cursors)
{
    private static readonly PublishResult Away = new(BackplaneStatus.Unavailable, default, false);

    public async ValueTask<PublishResult> SendAsync(UserName user, Publication publication)
    {
        PublishResult result = await calls.CallAsync(() => cluster.User(user).SendAsync(publication), Away);

        // A user who has a connection here was lost with a silo, and is about to be told of it.
        return result.Status == BackplaneStatus.NoSuchConnection && cursors.TryFind(FeedId.Of(user), out _) ? Away : result;
    }

    public ValueTask<PublishResult> SendAsync(ConnectionId connection, Publication publication) => calls.CallAsync(
        connection,
        () => cluster.Connection(connection).SendAsync(publication),
        static answer => answer.Status == BackplaneStatus.NoSuchConnection,
        Away);
}
