using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;

namespace Switchboard.Node.Rooms;

/// <summary>What connections ask of a room, a user or themselves, without changing what they are members of.</summary>
internal sealed class RoomCalls(ICluster cluster, ClusterCalls calls, HeldConnections held)
{
    private static readonly HistoryResult HistoryAway = Refuse(BackplaneStatus.Unavailable);
    private static readonly PresenceResult PresenceAway = new(BackplaneStatus.Unavailable, null);

    public async ValueTask<HistoryResult> ReadAsync(ConnectionId reader, FeedId feed, HistoryQuery query)
    {
        HistoryResult result = feed.Kind switch
        {
            FeedKind.Room => await ReadRoomAsync(reader, new RoomName(feed.Owner), query),
            FeedKind.User when IsUserOf(reader, feed.Owner) => await calls.CallAsync(
                reader,
                () => cluster.User(new UserName(feed.Owner)).ReadAsync(reader, query),
                answer => IsLost(answer.Status) && held.TryGet(reader, out _),
                HistoryAway),
            FeedKind.Connection when feed.Owner == reader.Value => await calls.CallAsync(
                reader,
                () => cluster.Connection(reader).ReadAsync(query),
                static answer => IsLost(answer.Status),
                HistoryAway),
            _ => Refuse(BackplaneStatus.NotJoined),
        };
        return result with { Status = Name(result.Status, reader) };
    }

    public async ValueTask<PresenceResult> PresenceAsync(ConnectionId reader, RoomName room)
    {
        PresenceResult result = await calls.CallAsync(
            reader,
            () => cluster.Room(room).PresenceAsync(reader),
            answer => IsLost(answer.Status) && held.IsMember(reader, room),
            PresenceAway);
        return result with { Status = Name(result.Status, reader) };
    }

    public async ValueTask<BackplaneStatus> SetStateAsync(ConnectionId connection, RoomName room, ReadOnlyMemory<byte> state)
    {
        BackplaneStatus status = await calls.CallAsync(
            connection,
            () => cluster.Room(room).SetStateAsync(connection, state),
            answer => IsLost(answer) && held.IsMember(connection, room),
            BackplaneStatus.Unavailable);
        if (status == BackplaneStatus.Ok && held.TryGet(connection, out HeldConnection? here))
        {
            here.SetState(room, state);
        }

        return Name(status, connection);
    }

    private static HistoryResult Refuse(BackplaneStatus status) => new(status, default, [], false);

    private static bool IsLost(BackplaneStatus status) =>
        status is BackplaneStatus.NotJoined or BackplaneStatus.NoSuchConnection;

    private ValueTask<HistoryResult> ReadRoomAsync(ConnectionId reader, RoomName room, HistoryQuery query) => calls.CallAsync(
        reader,
        () => cluster.Room(room).ReadAsync(reader, query),
        answer => IsLost(answer.Status) && held.IsMember(reader, room),
        HistoryAway);

    // Of a connection that is not here, the user knows whether it is one of his.
    private bool IsUserOf(ConnectionId reader, string user) =>
        !held.TryGet(reader, out HeldConnection? here) || here.User.Value == user;

    // A room knows its members only; whether anybody else is a connection at all, this edge can tell for its own.
    private BackplaneStatus Name(BackplaneStatus status, ConnectionId connection) =>
        status == BackplaneStatus.NotJoined && !held.TryGet(connection, out _) ? BackplaneStatus.NoSuchConnection : status;
}
