using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>
/// Joins and leaves, which take two objects that are never locked at once: the connection is asked, the room is told,
/// and the connection says whether that still holds.
/// </summary>
internal sealed class Memberships(ConnectionDirectory connections, RoomDirectory rooms)
{
    public ValueTask<JoinResult> Join(ConnectionId id, RoomName room, JoinOptions options, long now)
    {
        if (!connections.TryFind(id, out ConnectionCell? cell))
        {
            return new(Refuse(BackplaneStatus.NoSuchConnection));
        }

        BackplaneStatus status;
        RoomJoin join;
        lock (cell)
        {
            Connection connection = cell.Connection;
            status = connection.BeginJoin(room, options.Presence, now);
            join = new RoomJoin(
                id, connection.User, connection.Attachment?.Edge, connection.AttachmentNumber, options);
        }

        if (status != BackplaneStatus.Ok)
        {
            return new(Refuse(status));
        }

        ValueTask<JoinResult> joined = rooms.Join(room, join, now);
        return joined.IsCompletedSuccessfully
            ? new(Complete(cell, room, join, joined.Result, now))
            : CompleteAsync(cell, room, join, joined, now);
    }

    public JoinResult Rejoin(ConnectionId id, RoomName room, Position? position, long now)
    {
        if (!connections.TryFind(id, out ConnectionCell? cell))
        {
            return Refuse(BackplaneStatus.NoSuchConnection);
        }

        Attachment? attachment;
        bool isMember;
        lock (cell)
        {
            attachment = cell.Connection.Attachment;
            isMember = cell.Connection.IsMemberOf(room);
        }

        if (attachment is not { } holder)
        {
            return Refuse(BackplaneStatus.NoSuchConnection);
        }

        if (!isMember)
        {
            return Refuse(BackplaneStatus.NotJoined);
        }

        JoinResult result = rooms.Rejoin(room, id, holder, position, now);
        bool holds;
        lock (cell)
        {
            holds = cell.Connection.Attachment == holder;
        }

        if (!holds)
        {
            rooms.Detach(room, id, holder.Number);
        }

        return result;
    }

    public BackplaneStatus Leave(ConnectionId id, RoomName room, long now)
    {
        if (!connections.TryFind(id, out ConnectionCell? cell))
        {
            return BackplaneStatus.NoSuchConnection;
        }

        BackplaneStatus status;
        lock (cell)
        {
            status = cell.Connection.BeginLeave(room, now);
        }

        if (status != BackplaneStatus.Ok)
        {
            return status;
        }

        rooms.Leave(room, id, now);
        lock (cell)
        {
            cell.Connection.CompleteLeave(room);
        }

        return status;
    }

    private async ValueTask<JoinResult> CompleteAsync(
        ConnectionCell cell, RoomName room, RoomJoin join, ValueTask<JoinResult> joined, long now) =>
        Complete(cell, room, join, await joined, now);

    private JoinResult Complete(ConnectionCell cell, RoomName room, in RoomJoin join, in JoinResult result, long now)
    {
        JoinFollowUp followUp;
        lock (cell)
        {
            followUp = cell.Connection.CompleteJoin(room, join.Attachment, result.Status == BackplaneStatus.Ok);
        }

        switch (followUp)
        {
            case JoinFollowUp.Leave:
                rooms.Leave(room, join.Connection, now);
                return Refuse(BackplaneStatus.NoSuchConnection);
            case JoinFollowUp.Detach:
                rooms.Detach(room, join.Connection, join.Attachment);
                break;
        }

        return result;
    }

    private static JoinResult Refuse(BackplaneStatus status) => new(status, default, false, null);
}
