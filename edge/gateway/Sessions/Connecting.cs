using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Webhooks;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Sessions;

/// <summary>Carries out connect, as a new connection or a resumed one, and what the end of a socket means.</summary>
internal sealed partial class Connecting(
    IBackplane backplane,
    BackplaneFacts facts,
    EdgeHub hub,
    GatewayOptions options,
    Authorizing authorizing,
    ClientLimits limits,
    Membership membership,
    GatewayMetrics metrics,
    ILogger log,
    ConnectGate? gate)
{
    public ValueTask ConnectAsync(ClientSession session, in Command command)
    {
        if (session.State != SessionState.Waiting)
        {
            session.WriteError(new ErrorEvent(command.Id, ErrorCodes.AlreadyConnected, "connected already"));
            return default;
        }

        ConnectRequest request = new(command.Id, command.Token, command.Resume, command.Positions, command.Turn);
        return gate is not { NamesUsers: true } && Authorizing.Concerns(session, command.Token)
            ? ProveAsync(session, request)
            : BeginAsync(session, request);
    }

    /// <summary>
    /// A client that says goodbye (1000) leaves its rooms at once; whoever vanishes may come back in the grace period.
    /// </summary>
    public async ValueTask EndAsync(ClientSession session, ushort? peerCloseCode)
    {
        IEnumerable<FeedMember?> members = [session.UserFeed, session.OwnFeed, .. session.Rooms?.Members ?? []];
        foreach (FeedMember? member in members)
        {
            if (member is not null)
            {
                hub.Remove(member);
            }
        }

        if (session.Attachment == 0)
        {
            return;
        }

        LogEnded(log, session.Id.Value, peerCloseCode);
        hub.Unregister(session);
        session.RefuseMoves();
        await (peerCloseCode == CloseCode.Normal
            ? backplane.CloseAsync(session.Id, session.Attachment)
            : backplane.DetachAsync(session.Id, session.Attachment));
    }

    private async ValueTask ProveAsync(ClientSession session, ConnectRequest request)
    {
        if (await authorizing.ProveAsync(session, request.Id, request.Token))
        {
            await BeginAsync(session, request);
        }
    }

    private ValueTask BeginAsync(ClientSession session, in ConnectRequest request)
    {
        // Whoever guesses tokens must not keep the application busy either.
        if (request.Resume is not null && !MayResume(session, request.Id))
        {
            return default;
        }

        return session.IsUnknown && session.ResumesByToken && request.Resume is { } proof ? FindAsync(session, request, proof)
            : gate is not null ? AskAsync(gate, session, request)
            : request.Resume is { } token ? ResumeAsync(session, request, token)
            : OpenAsync(session, request.Id);
    }

    private async ValueTask FindAsync(ClientSession session, ConnectRequest request, string token)
    {
        OwnerResult owner = await backplane.FindOwnerAsync(token);
        if (owner.Status != BackplaneStatus.Ok)
        {
            CountFailure(session, owner.Status);
            session.WriteError(WhyNotResumed(owner.Status, request.Id));
        }
        else if (session.Name(owner.User))
        {
            await ResumeAsync(session, request, token);
        }
    }

    private async ValueTask AskAsync(ConnectGate gate, ClientSession session, ConnectRequest request)
    {
        if (await gate.AskAsync(session, request.Id, request.Token, request.Resume is not null) is not { } rooms)
        {
            return;
        }

        if (request.Resume is { } token)
        {
            // Others of the address may have failed while the application was asked.
            if (MayResume(session, request.Id))
            {
                await ResumeAsync(session, request, token);
            }

            return;
        }

        await OpenAsync(session, request.Id);
        foreach (string room in session.State == SessionState.Connected ? rooms : [])
        {
            await membership.JoinAsync(session, new RoomName(room));
        }
    }

    private async ValueTask OpenAsync(ClientSession session, long id)
    {
        session.UserFeed = hub.Add(session, FeedId.Of(session.User));
        OpenResult opened = await backplane.OpenAsync(session.User);
        if (opened.Status != BackplaneStatus.Ok)
        {
            Abandon(session, opened.Ban is { } ban ? SessionErrors.For(ban, id) : SessionErrors.For(opened.Status, id));
            if (opened.Status == BackplaneStatus.Banned)
            {
                session.Connection.Close(CloseReason.Banned);
            }

            return;
        }

        session.OwnFeed = hub.Add(session, FeedId.Of(opened.Connection));
        Recovery user = new(opened.User, RecoveryOutcome.NotAsked, []);
        Recovery own = new(opened.Own, RecoveryOutcome.NotAsked, []);
        Attach(session, opened.Connection, opened.Attachment);
        LogOpened(log, session.Id.Value);
        Welcome(session, id, opened.Token, resumed: false, user, own, []);
    }

    private async ValueTask ResumeAsync(ClientSession session, ConnectRequest request, string token)
    {
        long id = request.Id;
        ConnectPositions? positions = request.Positions;
        session.UserFeed = hub.Add(session, FeedId.Of(session.User));
        if (ResumeToken.TryGetConnection(token, out ConnectionId connection))
        {
            session.OwnFeed = hub.Add(session, FeedId.Of(connection));
        }

        ResumeResult resumed = await backplane.ResumeAsync(
            session.User, token, positions?.User?.ToCore(), positions?.Connection?.ToCore(), request.Turn);
        metrics.Resumed(resumed.Status);
        if (resumed.Status != BackplaneStatus.Ok)
        {
            LogNotResumed(log, resumed.Status);
            CountFailure(session, resumed.Status);
            Abandon(session, WhyNotResumed(resumed.Status, id));
            return;
        }

        Attach(session, resumed.Connection, resumed.Attachment);
        List<(FeedMember Member, JoinResult Result)> rooms = [];
        foreach ((RoomName room, _) in resumed.Rooms)
        {
            Capability allowed = session.Access?.For(room.Value) ?? Capability.All;
            if (!allowed.HasFlag(Capability.Join))
            {
                // The token allows less than the one before, or the room took a token of its own: the welcome is without it.
                if (await backplane.LeaveAsync(session.Id, room) == BackplaneStatus.Unavailable)
                {
                    session.Connection.Close(CloseReason.BackplaneLost);
                    return;
                }

                continue;
            }

            FeedMember member = hub.Add(session, FeedId.Of(room));
            Position? position = positions is not null && positions.Rooms.TryGetValue(room.Value, out FeedPosition seen)
                ? seen.ToCore()
                : null;
            JoinResult result;
            try
            {
                result = await backplane.RejoinAsync(
                    session.Id, room, allowed.HasFlag(Capability.History) ? position : null);
            }
            catch
            {
                hub.Remove(member);
                throw;
            }

            if (result.Status == BackplaneStatus.NotJoined)
            {
                // A server has taken it out since the resume.
                hub.Remove(member);
                continue;
            }

            if (result.Status != BackplaneStatus.Ok)
            {
                // It may still be a member, as far as anybody knows; a welcome without the room would say otherwise.
                hub.Remove(member);
                session.Connection.Close(CloseReason.BackplaneLost);
                return;
            }

            result = Restriction.Apply(result, allowed, position is not null);
            member.Allowed = allowed;
            member.WantsPresence = result.WantsPresence;
            (session.Rooms ??= new RoomTable()).Add(member);
            rooms.Add((member, result));
        }

        Welcome(session, id, token, resumed: true, resumed.User, resumed.Own, rooms);
        LogResumed(log, session.Id.Value, rooms.Count);
    }

    private static ErrorEvent WhyNotResumed(BackplaneStatus status, long id) => status == BackplaneStatus.NoSuchConnection
        ? new ErrorEvent(id, ErrorCodes.ResumeExpired, "the connection is gone, or its grace period is over; connect anew")
        : SessionErrors.For(status, id);

    private bool MayResume(ClientSession session, long id)
    {
        if (session.Shares?.MayResume(limits.Now, out long wait) != false)
        {
            return true;
        }

        session.RefuseTooFast(id, new Excess(LimitScope.Address, LimitKind.Resumes, wait));
        return false;
    }

    // Whoever guesses tokens is slowed down by its address, and has few tries on each socket. One that comes late has no
    // need to guess.
    private void CountFailure(ClientSession session, BackplaneStatus status)
    {
        if (status is BackplaneStatus.Unavailable or BackplaneStatus.Overtaken)
        {
            return;
        }

        session.Shares?.FailToResume(limits.Now);
        if (++session.FailedResumes >= limits.MaxFailedResumes)
        {
            limits.Count(LimitScope.Connection, LimitKind.Resumes);
            session.Connection.Close(CloseReason.TooFast);
        }
    }

    private void Attach(ClientSession session, ConnectionId connection, long attachment)
    {
        session.Id = connection;
        session.Attachment = attachment;
        session.Sender = new Sender(session.User, connection);
        session.State = SessionState.Connected;
        hub.Register(session);
    }

    private void Abandon(ClientSession session, in ErrorEvent error)
    {
        hub.Remove(session.UserFeed!);
        session.UserFeed = null;
        if (session.OwnFeed is not null)
        {
            hub.Remove(session.OwnFeed);
            session.OwnFeed = null;
        }

        session.WriteError(error);
    }

    private void Welcome(
        ClientSession session,
        long id,
        string token,
        bool resumed,
        in Recovery user,
        in Recovery own,
        List<(FeedMember Member, JoinResult Result)> rooms)
    {
        LimitOptions limits = options.Limits;
        WelcomeEvent welcome = new()
        {
            Id = id,
            Connection = session.Id.Value,
            User = session.User.Value,
            Resume = token,
            Resumed = resumed,
            UserFeed = user.ToWire(),
            ConnectionFeed = own.ToWire(),
            Rooms = [.. rooms.Select(room => new RoomStart(
                room.Member.Feed.Id.Owner, room.Result.Feed.ToWire(), room.Result.Presence?.ToWire()))],
            HeartbeatInterval = (int)options.Heartbeat.Interval.TotalSeconds,
            HeartbeatTimeout = (int)(options.Heartbeat.Interval + options.Heartbeat.Timeout).TotalSeconds,
            Grace = (int)facts.Grace.TotalSeconds,
            Limits = new WelcomeLimits(
                limits.MaxMessageBytes, facts.MaxRooms, limits.MessagesPerSecond, limits.MessageBurst, facts.MaxStateBytes),
        };
        session.OnWelcome(welcome);
        session.Writer.Write(welcome, static (codec, output, welcome) => codec.Encode(output, welcome));
        session.UserFeed!.Feed.GoLive(session.UserFeed, user, null);
        session.OwnFeed!.Feed.GoLive(session.OwnFeed, own, null);
        foreach ((FeedMember member, JoinResult result) in rooms)
        {
            member.Feed.GoLive(member, result.Feed, result.Presence);
        }
    }
}
