using System.Text;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// Takes the tokens that come in commands, and holds sessions to what they may do: on a refresh with less, and when time
/// is over.
/// </summary>
internal sealed class Authorizing(
    Authenticator? authenticator, Membership membership, CoarseClock clock, TimeProvider time, GatewayMetrics metrics)
{
    // A signature costs more to check than to make up.
    private const int MaxRefused = 10;

    private const string Revoked = "revoked";
    private const string Expired = "expired";

    /// <summary>What a session with a grant may do.</summary>
    public SessionAccess Begin(Grant grant)
    {
        (TimeSpan warning, TimeSpan grace) = authenticator?.Times ?? default;
        SessionAccess access = new(clock, time, warning, grace);
        access.Replace(grant);
        return access;
    }

    /// <summary>Whether a connect has to be proven first: its client is not known yet, or brings a token.</summary>
    public static bool Concerns(ClientSession session, string? token) =>
        session.IsUnknown || (token is not null && session.Access is not null);

    /// <summary>Takes the token of a connect. False when it is refused: then the socket is closed.</summary>
    public async ValueTask<bool> ProveAsync(ClientSession session, long id, string? token)
    {
        (Grant? grant, TokenRefusal refusal) = await VerifyAsync(session, token);
        if (grant is not null)
        {
            return session.Admit(grant);
        }

        Refuse(session, id, refusal);
        if (refusal != TokenRefusal.KeysUnavailable)
        {
            session.Connection.Close(CloseReason.Unauthorized);
        }

        return false;
    }

    public ValueTask RefreshAsync(ClientSession session, in Command command)
    {
        if (session.Access is not { } access)
        {
            // Nothing ends without authentication; a client need not know whether there is any.
            Answer(session, command.Id);
            return default;
        }

        if (command.Room.IsEmpty)
        {
            return RefreshAsync(session, access, command.Id, command.Token!);
        }

        string room = Encoding.UTF8.GetString(command.Room);
        if (session.Rooms is null || !session.Rooms.TryGet(command.Room, out FeedMember? member))
        {
            session.WriteError(SessionErrors.For(Core.Backplane.BackplaneStatus.NotJoined, command.Id, room));
            return default;
        }

        return RefreshAsync(session, access, command.Id, command.Token!, member);
    }

    /// <summary>Verifies a token for a room, and tells the client where it is refused.</summary>
    public async ValueTask<RoomGrant?> VerifyForRoomAsync(ClientSession session, long id, string token, string room)
    {
        (RoomGrant grant, TokenRefusal refusal) = authenticator is null
            ? (default, TokenRefusal.KeyUnknown)
            : await authenticator.VerifyAsync(token, session.User, room);
        if (refusal == TokenRefusal.None)
        {
            return grant;
        }

        Refuse(session, id, refusal, room);
        return null;
    }

    /// <summary>Tells what ends soon, and leaves the rooms whose time is over.</summary>
    public async ValueTask EnforceAsync(ClientSession session)
    {
        if (session.Access is not { } access || session.State != SessionState.Connected)
        {
            // The welcome comes first; the next sweep wakes again.
            return;
        }

        if (access.TryWarn(out int seconds))
        {
            Tell(session, new ExpiringEvent(null, seconds));
        }

        foreach (FeedMember member in session.Rooms?.Members.ToArray() ?? [])
        {
            if (access.TryWarn(member, out seconds))
            {
                Tell(session, new ExpiringEvent(member.Feed.Id.Owner, seconds));
            }

            await HoldAsync(session, access, member, Expired);
        }

        access.Schedule();
    }

    private async ValueTask<(Grant? Grant, TokenRefusal Refusal)> VerifyAsync(ClientSession session, string? token)
    {
        if (token is null || authenticator is null)
        {
            return (null, TokenRefusal.Missing);
        }

        (Grant? grant, TokenRefusal refusal) = await authenticator.VerifyAsync(token);
        return grant is null || session.IsUnknown || grant.User == session.User
            ? (grant, refusal)
            : (null, TokenRefusal.UserForeign);
    }

    private async ValueTask RefreshAsync(ClientSession session, SessionAccess access, long id, string token)
    {
        (Grant? grant, TokenRefusal refusal) = await VerifyAsync(session, token);
        if (grant is null)
        {
            Refuse(session, id, refusal);
            return;
        }

        access.Replace(grant);
        foreach (FeedMember member in session.Rooms?.Members.ToArray() ?? [])
        {
            await HoldAsync(session, access, member, Revoked);
        }

        Answer(session, id);
    }

    private async ValueTask RefreshAsync(
        ClientSession session, SessionAccess access, long id, string token, FeedMember member)
    {
        if (await VerifyForRoomAsync(session, id, token, member.Feed.Id.Owner) is not { } grant)
        {
            return;
        }

        access.Add(member, grant);
        await HoldAsync(session, access, member, Revoked);
        Answer(session, id);
    }

    private async ValueTask HoldAsync(ClientSession session, SessionAccess access, FeedMember member, string reason)
    {
        Capability allowed = access.For(member);
        member.Allowed = allowed;
        member.WantsPresence &= allowed.HasFlag(Capability.Presence);
        if (!allowed.HasFlag(Capability.Join))
        {
            await membership.RevokeAsync(session, member, reason);
        }
    }

    private void Refuse(ClientSession session, long id, TokenRefusal refusal, string? room = null)
    {
        metrics.TokenRefused(refusal);
        session.WriteError(refusal == TokenRefusal.KeysUnavailable
            ? new ErrorEvent(id, ErrorCodes.Unavailable, refusal.Text(), Retry: true, Room: room)
            : new ErrorEvent(id, ErrorCodes.Unauthorized, refusal.Text(), Room: room));
        if (++session.RefusedTokens >= MaxRefused)
        {
            session.Connection.Close(CloseReason.Unauthorized);
        }
    }

    private static void Tell(ClientSession session, ExpiringEvent expiring) =>
        session.Writer.Write(expiring, static (codec, output, expiring) => codec.Encode(output, expiring));

    private static void Answer(ClientSession session, long id)
    {
        if (id != 0)
        {
            session.Writer.Write(new OkEvent(id), static (codec, output, ok) => codec.Encode(output, ok));
        }
    }
}
