using System.Text;
using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>Carries out join, leave and state.</summary>
internal sealed partial class Membership(IBackplane backplane, EdgeHub hub, ILogger log)
{
    public ValueTask JoinAsync(ClientSession session, in Command command)
    {
        session.Rooms ??= new RoomTable();
        RoomName room = new(Encoding.UTF8.GetString(command.Room));
        if (session.Rooms.TryGet(command.Room, out _))
        {
            session.WriteError(SessionErrors.For(BackplaneStatus.AlreadyJoined, command.Id, room.Value));
            return default;
        }

        JoinOptions options = new(command.Position?.ToCore(), command.Presence, command.State.ToArray());
        return session.Access is null ? JoinAsync(session, command.Id, room, options, Capability.All, null)
            : command.Token is null ? JoinAsync(session, command.Id, room, options, session.Access.For(room.Value), null)
            : JoinAsync(session, command.Id, room, options, command.Token);
    }

    /// <summary>Joins a room that the application gives to a client, as if the client had asked for it without an id.</summary>
    public ValueTask JoinAsync(ClientSession session, RoomName room)
    {
        session.Rooms ??= new RoomTable();
        return JoinAsync(
            session, 0, room, new JoinOptions(null, false, default), session.Access?.For(room.Value) ?? Capability.All, null);
    }

    /// <summary>What a server asks for. The client is told without an id.</summary>
    public async ValueTask MoveAsync(ClientSession session, ServerMove move)
    {
        try
        {
            move.Complete(session.State != SessionState.Connected ? BackplaneStatus.Unavailable
                : move.Reason is null ? await JoinForServerAsync(session, move.Room, move.Options)
                : await LeaveForServerAsync(session, move.Room, move.Reason));
        }
        finally
        {
            // Where the backplane has failed, this session ends; whoever asked hears that the outcome is unknown.
            move.Complete(BackplaneStatus.Unavailable);
        }
    }

    public ValueTask LeaveAsync(ClientSession session, in Command command)
    {
        FeedMember? member = null;
        session.Rooms?.TryGet(command.Room, out member);
        return LeaveAsync(session, command.Id, Encoding.UTF8.GetString(command.Room), member);
    }

    public ValueTask SetStateAsync(ClientSession session, in Command command) =>
        SetStateAsync(session, command.Id, new RoomName(Encoding.UTF8.GetString(command.Room)), command.State.ToArray());

    /// <summary>Ends a membership that is allowed no more. Nothing of the room is delivered from here on.</summary>
    public async ValueTask RevokeAsync(ClientSession session, FeedMember member, string reason)
    {
        Forget(session, member);
        string room = member.Feed.Id.Owner;
        session.Writer.Write(
            new LeftEvent(0, room, reason), static (codec, output, left) => codec.Encode(output, left));
        if (await backplane.LeaveAsync(session.Id, new RoomName(room)) == BackplaneStatus.Unavailable)
        {
            // It may still be a member to the others. Whoever resumes is held to what it may do again.
            session.Connection.Close(CloseReason.BackplaneLost);
        }
    }

    private async ValueTask JoinAsync(ClientSession session, long id, RoomName room, JoinOptions options, string token)
    {
        if (await session.VerifyForRoomAsync(id, token, room.Value) is { } grant)
        {
            await JoinAsync(session, id, room, options, session.Access!.For(room.Value) | grant.Allow, grant);
        }
    }

    private async ValueTask JoinAsync(
        ClientSession session, long id, RoomName room, JoinOptions options, Capability allowed, RoomGrant? grant)
    {
        Capability missing = (Capability.Join | (options.Presence ? Capability.Presence : Capability.None)) & ~allowed;
        if (missing != Capability.None)
        {
            session.WriteError(Restriction.Forbidden(id, missing, room.Value));
            return;
        }

        BackplaneStatus status = await EnterAsync(session, id, room, options, allowed, grant);
        if (status != BackplaneStatus.Ok)
        {
            session.WriteError(SessionErrors.For(status, id, room.Value));
        }
    }

    // The server allows what there is in a room, for as long as the connection is in it, whatever its token says.
    private ValueTask<BackplaneStatus> JoinForServerAsync(ClientSession session, RoomName room, JoinOptions options)
    {
        session.Rooms ??= new RoomTable();
        return session.Rooms.TryGet(Encoding.UTF8.GetBytes(room.Value), out _)
            ? new(BackplaneStatus.AlreadyJoined)
            : EnterAsync(
                session, 0, room, options, Capability.All, new RoomGrant(Capability.Room & ~Capability.Moderate, DateTimeOffset.MaxValue));
    }

    private async ValueTask<BackplaneStatus> LeaveForServerAsync(ClientSession session, RoomName room, string reason)
    {
        FeedMember? member = null;
        session.Rooms?.TryGet(Encoding.UTF8.GetBytes(room.Value), out member);
        BackplaneStatus status = await ExitAsync(session, room, member);
        if (status == BackplaneStatus.Ok)
        {
            session.Writer.Write(
                new LeftEvent(0, room.Value, reason), static (codec, output, left) => codec.Encode(output, left));
        }

        return status;
    }

    private async ValueTask<BackplaneStatus> EnterAsync(
        ClientSession session, long id, RoomName room, JoinOptions options, Capability allowed, RoomGrant? grant)
    {
        bool asked = options.Position is not null;
        if (!allowed.HasFlag(Capability.History))
        {
            options = options with { Position = null };
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

        if (result.Status != BackplaneStatus.Ok)
        {
            hub.Remove(member);
            return result.Status;
        }

        result = Restriction.Apply(result, allowed, asked);
        member.Allowed = allowed;
        session.Rooms!.Add(member);
        if (grant is { } term)
        {
            session.Access?.Add(member, term);
        }

        session.Writer.Write(
            new JoinedEvent(id, new RoomStart(room.Value, result.Feed.ToWire(), result.Presence?.ToWire())),
            static (codec, output, joined) => codec.Encode(output, joined));
        member.Feed.GoLive(member, result.Feed, result.Presence);
        LogJoined(log, session.Id.Value, new LogName(room.Value));
        return BackplaneStatus.Ok;
    }

    private async ValueTask LeaveAsync(ClientSession session, long id, string room, FeedMember? member)
    {
        BackplaneStatus status = await ExitAsync(session, new RoomName(room), member);
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

    private async ValueTask<BackplaneStatus> ExitAsync(ClientSession session, RoomName room, FeedMember? member)
    {
        BackplaneStatus status = member is null
            ? BackplaneStatus.NotJoined
            : await backplane.LeaveAsync(session.Id, room);
        if (status is BackplaneStatus.Ok or BackplaneStatus.NotJoined && member is not null)
        {
            Forget(session, member);
        }

        return status;
    }

    private void Forget(ClientSession session, FeedMember member)
    {
        session.Rooms!.Remove(member);
        session.Access?.Remove(member);
        hub.Remove(member);
        LogLeft(log, session.Id.Value, new LogName(member.Feed.Id.Owner));
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
