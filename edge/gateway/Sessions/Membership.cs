using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>Carries out join, leave and state.</summary>
internal sealed class Membership(IBackplane backplane, EdgeHub hub)
{
    public ValueTask JoinAsync(ClientSession session, in Command command)
    {
        RoomName room = new(Encoding.UTF8.GetString(command.Room));
        JoinOptions options = new(command.Position?.ToCore(), command.Presence, command.State.ToArray());
        return AnswerJoinAsync(session, command.Id, room, options);
    }

    /// <summary>A join that a server asks for. The client is told without an id.</summary>
    public async ValueTask<BackplaneStatus> JoinForServerAsync(ClientSession session, RoomName room, JoinOptions options)
    {
        BackplaneStatus status = await JoinAsync(session, 0, room, options);
        session.Connection.Outbound.ScheduleFlush();
        return status;
    }

    /// <summary>A leave that a server asks for. The client is told without an id, and why.</summary>
    public async ValueTask<BackplaneStatus> LeaveForServerAsync(ClientSession session, RoomName room, string reason)
    {
        FeedMember? member = null;
        session.Rooms?.TryGet(Encoding.UTF8.GetBytes(room.Value), out member);
        BackplaneStatus status = await LeaveAsync(session, room, member);
        if (status == BackplaneStatus.Ok)
        {
            session.Writer.Write(
                new LeftEvent(0, room.Value, reason), static (codec, output, left) => codec.Encode(output, left));
            session.Connection.Outbound.ScheduleFlush();
        }

        return status;
    }

    public ValueTask LeaveAsync(ClientSession session, in Command command)
    {
        FeedMember? member = null;
        session.Rooms?.TryGet(command.Room, out member);
        return AnswerLeaveAsync(session, command.Id, Encoding.UTF8.GetString(command.Room), member);
    }

    public ValueTask SetStateAsync(ClientSession session, in Command command) =>
        SetStateAsync(session, command.Id, new RoomName(Encoding.UTF8.GetString(command.Room)), command.State.ToArray());

    private async ValueTask AnswerJoinAsync(ClientSession session, long id, RoomName room, JoinOptions options)
    {
        BackplaneStatus status = await JoinAsync(session, id, room, options);
        if (status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(status, id, room.Value));
        }
    }

    private async ValueTask<BackplaneStatus> JoinAsync(ClientSession session, long id, RoomName room, JoinOptions options)
    {
        if (session.EnsureRooms().TryGet(Encoding.UTF8.GetBytes(room.Value), out _))
        {
            return BackplaneStatus.AlreadyJoined;
        }

        FeedMember member = hub.Add(session, FeedId.Of(room), options.Presence);
        JoinResult result;
        try
        {
            result = await backplane.JoinAsync(session.Id, room, options);
        }
        catch
        {
            hub.Remove(member);
            throw;
        }

        if (result.Status != BackplaneStatus.Ok || !session.EnsureRooms().TryAdd(member))
        {
            // Where the session has ended meanwhile, the connection is a member, and hears of it when it is resumed.
            hub.Remove(member);
            return result.Status;
        }

        session.Writer.Write(
            new JoinedEvent(id, new RoomStart(room.Value, result.Feed.ToWire(), result.Presence?.ToWire())),
            static (codec, output, joined) => codec.Encode(output, joined));
        member.Feed.GoLive(member, result.Feed, result.Presence);
        return result.Status;
    }

    private async ValueTask AnswerLeaveAsync(ClientSession session, long id, string room, FeedMember? member)
    {
        BackplaneStatus status = await LeaveAsync(session, new RoomName(room), member);
        if (status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(status, id, room));
        }
        else if (id != 0)
        {
            session.Writer.Write(
                new LeftEvent(id, room, null), static (codec, output, left) => codec.Encode(output, left));
        }
    }

    private async ValueTask<BackplaneStatus> LeaveAsync(ClientSession session, RoomName room, FeedMember? member)
    {
        BackplaneStatus status = member is null
            ? BackplaneStatus.NotJoined
            : await backplane.LeaveAsync(session.Id, room);
        if (status is BackplaneStatus.Ok or BackplaneStatus.NotJoined && member is not null)
        {
            session.EnsureRooms().Remove(member);
            hub.Remove(member);
        }

        return status;
    }

    private async ValueTask SetStateAsync(ClientSession session, long id, RoomName room, byte[] state)
    {
        BackplaneStatus status = await backplane.SetStateAsync(session.Id, room, state);
        if (status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(status, id, room.Value));
        }
        else if (id != 0)
        {
            session.Writer.Write(new OkEvent(id), static (codec, output, ok) => codec.Encode(output, ok));
        }
    }
}
