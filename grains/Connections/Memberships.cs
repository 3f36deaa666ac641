using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Connections;

/// <summary>
/// A connection's joins and leaves: it is asked, the room is told, and it says whether that still holds. What a room
/// did not hear, it is told again. No room is joined for good while a row in the storage may be without it.
/// </summary>
internal sealed class Memberships(Connection connection, SessionRow row, IGrainFactory grains, GrainServices services)
{
    private readonly Messenger _messenger = new(grains, services);

    // What a leave ends that is decided now. A connection that has ended joins nothing any more.
    private long LastJoin => connection.HasEnded ? 0 : connection.JoinNumber;

    public static JoinResult Refuse(BackplaneStatus status) => new(status, default, false, null);

    public async ValueTask<JoinResult> JoinAsync(RoomName room, JoinOptions options)
    {
        if (connection.Attachment is not null && !await row.IsGoneAsync())
        {
            return Refuse(BackplaneStatus.Unavailable);
        }

        BackplaneStatus status = connection.BeginJoin(room, options.Presence, services.Now());
        if (status != BackplaneStatus.Ok)
        {
            return Refuse(status);
        }

        long attachment = connection.AttachmentNumber;
        JoinResult result = await AskAsync(room, attachment, options);
        bool isUnknown = result.Status == BackplaneStatus.Unavailable;
        switch (connection.CompleteJoin(room, attachment, result.Status == BackplaneStatus.Ok))
        {
            case JoinFollowUp.Leave:
                Leave(room);
                return Refuse(BackplaneStatus.NoSuchConnection);
            case JoinFollowUp.Detach:
                _messenger.Detach([room], connection.Id, attachment);
                break;
            case JoinFollowUp.None when isUnknown:
                Leave(room);
                break;
        }

        return await IsNotedAsync() ? result : Refuse(BackplaneStatus.Unavailable);
    }

    public async ValueTask<JoinResult> RejoinAsync(RoomName room, Position? position)
    {
        if (connection.Attachment is not { } holder)
        {
            return Refuse(BackplaneStatus.NoSuchConnection);
        }

        if (!connection.IsMemberOf(room))
        {
            return Refuse(BackplaneStatus.NotJoined);
        }

        bool watches = connection.Memberships.First(joined => joined.Room == room).Watches;
        JoinResult result = await Room(room).RejoinAsync(MemberAt(holder, watches, state: default), position);
        if (connection.Attachment != holder)
        {
            _messenger.Detach([room], connection.Id, holder.Number);
        }

        await LeaveIfLeftAsync(room);
        return result;
    }

    public async ValueTask<BackplaneStatus> LeaveAsync(RoomName room)
    {
        if (connection.Attachment is not null)
        {
            row.Drop();
        }

        BackplaneStatus status = connection.BeginLeave(room, services.Now());
        if (status != BackplaneStatus.Ok)
        {
            return status;
        }

        try
        {
            await Room(room).LeaveAsync(connection.Id, LastJoin);
            connection.CompleteLeave(room);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            connection.CompleteLeave(room);
            Leave(room);
        }

        return await IsNotedAsync() ? BackplaneStatus.Ok : BackplaneStatus.Unavailable;
    }

    /// <summary>Tells a room that the connection left it, until it hears; or until the connection is in it again.</summary>
    public void Leave(RoomName room) =>
        _messenger.Leave(room, connection.Id, LastJoin, () => connection.HasEnded || !connection.IsInvolvedIn(room));

    /// <summary>Tells all rooms where the connection is attached, and what its edge has seen of them.</summary>
    public async Task ReattachAsync(ConnectionClaim claim)
    {
        var holder = new Attachment(claim.Edge, claim.Attachment);
        foreach (RoomMembership joined in connection.Memberships)
        {
            ClaimedRoom? known = Array.Find(claim.Rooms, room => room.Room == joined.Room);
            await Room(joined.Room).ReattachAsync(MemberAt(holder, joined.Watches, known?.State ?? default), known?.Seen);
            await LeaveIfLeftAsync(joined.Room);
        }
    }

    private async Task<JoinResult> AskAsync(RoomName room, long attachment, JoinOptions options)
    {
        var request = new JoinRequest
        {
            Connection = connection.Id,
            User = connection.User,
            Edge = connection.Attachment?.Edge,
            Attachment = attachment,
            Position = options.Position,
            Watches = options.Presence,
            State = options.State,
            JoinNumber = connection.JoinNumber,
        };
        try
        {
            JoinResult result = await Room(room).JoinAsync(request);

            // Left over from a join or a leave whose outcome was unknown: the room is told what holds.
            return result.Status == BackplaneStatus.AlreadyJoined && request.Edge is { } edge
                ? await Room(room).RejoinAsync(
                    MemberAt(new Attachment(edge, attachment), options.Presence, options.State), options.Position)
                : result;
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return Refuse(BackplaneStatus.Unavailable);
        }
    }

    // While no socket holds it, the row says what it is a member of. One that is held again has none, or is about to.
    private async ValueTask<bool> IsNotedAsync() =>
        connection.Attachment is not null || connection.HasEnded || await row.KeepAsync(connection);

    // The room was told that the connection is a member; that may have ended while it was told.
    private async Task LeaveIfLeftAsync(RoomName room)
    {
        if (connection.HasEnded || !connection.IsInvolvedIn(room))
        {
            await Room(room).LeaveAsync(connection.Id, LastJoin);
        }
    }

    private Member MemberAt(Attachment holder, bool watches, ReadOnlyMemory<byte> state) => new()
    {
        Connection = connection.Id,
        User = connection.User,
        Edge = holder.Edge,
        Attachment = holder.Number,
        Watches = watches,
        State = state,
        JoinNumber = connection.JoinNumber,
    };

    private IRoomGrain Room(RoomName room) => grains.GetGrain<IRoomGrain>(room.Value);
}
