using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Node.Cluster;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Connections;

/// <summary>Joins and leaves rooms, through the connection's grain, which alone decides on its memberships.</summary>
internal sealed class Memberships(ICluster cluster, ClusterCalls calls, HeldConnections held, FeedCursors cursors)
{
    private static readonly JoinResult Away = Refuse(BackplaneStatus.Unavailable);

    private readonly ConcurrentDictionary<(ConnectionId, RoomName), byte> _underWay = new();

    public async ValueTask<JoinResult> JoinAsync(ConnectionId connection, RoomName room, JoinOptions options)
    {
        // Of joins at once the first one is to succeed; the others must not pass for ones whose answer was lost.
        if (!_underWay.TryAdd((connection, room), 0))
        {
            return Refuse(BackplaneStatus.AlreadyJoined);
        }

        try
        {
            return await JoinOnceAsync(connection, room, options);
        }
        finally
        {
            _underWay.TryRemove((connection, room), out _);
        }
    }

    public ValueTask<JoinResult> RejoinAsync(ConnectionId connection, RoomName room, Position? position) =>
        EnterAsync(connection, room, null, () => RejoinOnceAsync(connection, room, position));

    public async ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room)
    {
        BackplaneStatus status = await calls.CallAsync(
            connection,
            () => cluster.Connection(connection).LeaveAsync(room),
            static answer => answer == BackplaneStatus.NoSuchConnection,
            BackplaneStatus.Unavailable);
        if (status is BackplaneStatus.Ok or BackplaneStatus.NotJoined
            && held.TryGet(connection, out HeldConnection? here)
            && here.Remove(room))
        {
            cursors.Leave(FeedId.Of(room));
        }

        return status;
    }

    private ValueTask<JoinResult> JoinOnceAsync(ConnectionId connection, RoomName room, JoinOptions options) =>
        EnterAsync(connection, room, options.State, async () =>
        {
            JoinResult result = await CallAsync(connection, () => cluster.Connection(connection).JoinAsync(room, options));
            if (result.Status != BackplaneStatus.AlreadyJoined || held.IsMember(connection, room))
            {
                return result;
            }

            // An earlier join was not answered: the connection is a member, though its client does not know it.
            result = await RejoinOnceAsync(connection, room, options.Position);
            return result.Status == BackplaneStatus.NotJoined ? Away : result;
        });

    private static JoinResult Refuse(BackplaneStatus status) => new(status, default, false, null);

    // A connection that comes from another edge brings its state along only where it is shown to it.
    private static ReadOnlyMemory<byte> StateIn(PresenceSnapshot? presence, ConnectionId connection) =>
        presence?.Members.FirstOrDefault(member => member.Connection == connection)?.State ?? default;

    private ValueTask<JoinResult> RejoinOnceAsync(ConnectionId connection, RoomName room, Position? position) =>
        CallAsync(connection, () => cluster.Connection(connection).RejoinAsync(room, position));

    private ValueTask<JoinResult> CallAsync(ConnectionId connection, Func<ValueTask<JoinResult>> call) => calls.CallAsync(
        connection, call, static answer => answer.Status == BackplaneStatus.NoSuchConnection, Away);

    // The room's cursor is entered before the room is asked, and kept for as long as the connection is a member.
    private async ValueTask<JoinResult> EnterAsync(
        ConnectionId connection, RoomName room, ReadOnlyMemory<byte>? state, Func<ValueTask<JoinResult>> join)
    {
        FeedId feed = FeedId.Of(room);
        cursors.Enter(feed);
        JoinResult result = default;
        bool isJoined = false;
        try
        {
            result = await join();
            isJoined = result.Status == BackplaneStatus.Ok;
        }
        finally
        {
            if (!isJoined)
            {
                cursors.Abandon(feed);
            }
        }

        if (isJoined)
        {
            cursors.Settle(feed, result.Feed.Head);
            Note(connection, new HeldRoom(room, result.WantsPresence, state ?? StateIn(result.Presence, connection)));
        }

        return result;
    }

    private void Note(ConnectionId connection, in HeldRoom room)
    {
        // The socket may be gone by now, or a membership be known that was recovered once more.
        if (!held.TryGet(connection, out HeldConnection? here) || !here.TrySet(room, out bool isNew) || !isNew)
        {
            cursors.Leave(FeedId.Of(room.Room));
        }
    }
}
