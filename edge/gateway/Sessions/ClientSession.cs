using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// One client on one socket: decodes its commands and hands them to what carries them out, one after another. Its
/// state is touched by the read loop alone, but for what says otherwise.
/// </summary>
internal class ClientSession : IMessageHandler
{
    private readonly SessionServices _services;
    private readonly long _opened;
    private ConcurrentQueue<FeedMember>? _lossy;
    private ConcurrentQueue<ServerMove>? _moves;
    private RateBucket _rate;
    private Traffic _traffic;

    public ClientSession(
        WebSocketConnection connection,
        SessionServices services,
        in IdentityResult identity,
        IEnvelopeCodec codec,
        PerMessageDeflate? deflate)
    {
        Connection = connection;
        Writer = new SessionWriter(connection.Outbound, codec, deflate);
        User = identity.User;
        Shares = identity.Shares;
        Facts = identity.Facts;
        Access = identity.Grant is null ? null : services.Authorizing.Begin(identity.Grant);
        _services = services;
        _opened = services.Clock.Now;
        _rate = new RateBucket(services.Options.Limits.MessagesPerSecond, services.Options.Limits.MessageBurst);
    }

    public WebSocketConnection Connection { get; }

    public SessionWriter Writer { get; }

    /// <summary>Who it is; default until the connect proves it, where the handshake did not.</summary>
    public UserName User { get; private set; }

    /// <summary>Whether it is not known yet who this is.</summary>
    public bool IsUnknown => User.Value is null;

    /// <summary>What its address and its user have left; null where nothing is counted.</summary>
    public ClientShares? Shares { get; }

    /// <summary>How many resumes have failed on this socket.</summary>
    public int FailedResumes { get; set; }

    /// <summary>What it may do; null for everything, always.</summary>
    public SessionAccess? Access { get; private set; }

    /// <summary>What the application is told of its handshake; null where it is told nothing.</summary>
    public HandshakeFacts? Facts { get; }

    public SessionState State { get; set; }

    /// <summary>How many of its tokens were refused.</summary>
    public int RefusedTokens { get; set; }

    /// <summary>The connection, once connected.</summary>
    public ConnectionId Id { get; set; }

    /// <inheritdoc/>
    string? IMessageHandler.Name => Id.Value;

    /// <summary>Which of the connection's attachments this socket is.</summary>
    public long Attachment { get; set; }

    /// <summary>How it stands on its messages, once connected.</summary>
    public Sender? Sender { get; set; }

    /// <summary>Its membership of its user's and its own feed, once connected.</summary>
    public FeedMember? UserFeed { get; set; }

    public FeedMember? OwnFeed { get; set; }

    public RoomTable? Rooms { get; set; }

    /// <summary>How many publishes the backplane has not answered yet. Changed by any thread.</summary>
    public int InFlight;

    /// <summary>
    /// Whether one that is not known may resume by its resume token alone: where each request is a resume, the application
    /// is asked about the first one only.
    /// </summary>
    public virtual bool ResumesByToken => false;

    /// <summary>It is about to be welcomed.</summary>
    public virtual void OnWelcome(WelcomeEvent welcome)
    {
    }

    /// <summary>The last of the publishes in flight was answered. Any thread.</summary>
    public virtual void OnSettled()
    {
    }

    /// <summary>A request of the client that came in by another way. A socket takes none. Any thread.</summary>
    public virtual ReceiveResult Receive(ReadOnlyMemory<byte> request) => default;

    /// <summary>Takes a grant that the connect has proven.</summary>
    /// <returns>False when its user has as many sockets as it may; then this one is closed.</returns>
    public bool Admit(Grant grant)
    {
        bool first = IsUnknown;
        User = grant.User;
        Access = _services.Authorizing.Begin(grant);
        return !first || CountForUser();
    }

    /// <summary>Takes the name that the application has given.</summary>
    /// <returns>False when its user has as many sockets as it may; then this one is closed.</returns>
    public bool Name(UserName user)
    {
        User = user;
        return CountForUser();
    }

    /// <summary>
    /// Refuses a command for a room in which a capability is missing. Of a room that was not joined the backplane knows
    /// more.
    /// </summary>
    public bool Refuses(in Command command, Capability needed)
    {
        if (Access is null || Rooms is null || !Rooms.TryGet(command.Room, out FeedMember? member)
            || (member.Allowed & needed) != 0)
        {
            return false;
        }

        WriteError(Restriction.Forbidden(command.Id, needed, member.Feed.Id.Owner));
        return true;
    }

    /// <summary>Verifies a token for a room; null where it is refused, which the client is told.</summary>
    public ValueTask<RoomGrant?> VerifyForRoomAsync(long id, string token, string room) =>
        _services.Authorizing.VerifyForRoomAsync(this, id, token, room);

    /// <summary>Tells of a failed command.</summary>
    public void WriteError(in ErrorEvent error)
    {
        _services.Metrics.Error(error.Code);
        Writer.Write(error, static (codec, output, error) => codec.Encode(output, error));
    }

    public ValueTask OnMessageAsync(ReadOnlySpan<byte> payload, bool binary)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        FrameKind kind = binary ? FrameKind.Binary : FrameKind.Text;
        bool decoded = Writer.Codec.TryDecode(payload, kind, scratch, out Command command, out ErrorEvent error);
        if (!TryTake(payload.Length, out Excess excess))
        {
            RefuseTooFast(decoded ? command.Id : error.Id, excess);
            return default;
        }

        if (!decoded)
        {
            WriteError(error);
            return default;
        }

        if (State == SessionState.Waiting && command.Type is not (CommandType.Connect or CommandType.Ping))
        {
            WriteError(new ErrorEvent(command.Id, ErrorCodes.NotConnected, "connect first"));
            return default;
        }

        return command.Type switch
        {
            CommandType.Publish => _services.Publishing.PublishAsync(this, command),
            CommandType.Send => _services.Publishing.SendAsync(this, command),
            CommandType.Connect => _services.Connecting.ConnectAsync(this, command),
            CommandType.Join => _services.Membership.JoinAsync(this, command),
            CommandType.Leave => _services.Membership.LeaveAsync(this, command),
            CommandType.State => _services.Membership.SetStateAsync(this, command),
            CommandType.Presence => _services.Queries.PresenceAsync(this, command),
            CommandType.History => _services.Queries.HistoryAsync(this, command),
            CommandType.Refresh => _services.Authorizing.RefreshAsync(this, command),
            _ => _services.Queries.Ping(this, command),
        };
    }

    public bool AdmitsPing()
    {
        bool admits = _rate.TryTake(_services.Clock.Read());
        if (_rate.Refusals > _services.Options.Limits.MaxRefusals)
        {
            Connection.Close(CloseReason.TooFast);
        }

        return admits;
    }

    public void OnSweep(long now)
    {
        if (State == SessionState.Waiting && now - _opened >= _services.Options.Limits.ConnectTimeout.TotalMilliseconds)
        {
            Connection.Close(CloseReason.ConnectTimeout);
        }

        if (Access is null)
        {
            return;
        }

        if (Access.IsOver(now))
        {
            Connection.Close(CloseReason.Unauthorized);
        }
        else if (Access.IsDue(now))
        {
            Connection.Wake();
        }
    }

    public virtual async ValueTask OnWokenAsync()
    {
        await _services.Authorizing.EnforceAsync(this);
        while (_moves is not null && _moves.TryDequeue(out ServerMove? move))
        {
            await _services.Membership.MoveAsync(this, move);
        }
    }

    /// <summary>Lets the read loop carry out what a server asks for, between two commands. Any thread.</summary>
    public Task<BackplaneStatus> MoveAsync(ServerMove move)
    {
        LazyInitializer.EnsureInitialized(ref _moves).Enqueue(move);
        Connection.Wake();
        return move.Done;
    }

    /// <summary>The session has ended: what a server asks for from now on, or still does, is for another socket to do.</summary>
    public void RefuseMoves()
    {
        while (_moves is not null && _moves.TryDequeue(out ServerMove? move))
        {
            move.Complete(BackplaneStatus.Unavailable);
        }
    }

    /// <summary>The queue is full: closes the socket, or leaves it to the members to tell what was lost. Any thread.</summary>
    public void OnOverflow(FeedMember member)
    {
        _services.Metrics.Overflowed();
        if (_services.Options.Outbound.SlowConsumer == SlowConsumerPolicy.Close)
        {
            Connection.Close(CloseReason.SlowConsumer);
            return;
        }

        TellWhenDrained(member);
    }

    /// <summary>Lets a member tell of its loss as soon as the queue has room, be there another message or not. Any thread.</summary>
    public void TellWhenDrained(FeedMember member)
    {
        LazyInitializer.EnsureInitialized(ref _lossy).Enqueue(member);
        if (!Connection.Outbound.TellWhenDrained())
        {
            // Not on this thread, which holds the lock of one feed and must not wait for that of another.
            ThreadPool.UnsafeQueueUserWorkItem(static session => session.OnDrained(), this, preferLocal: false);
        }
    }

    /// <summary>Counts that a feed told a loss. Any thread.</summary>
    public void OnLossTold() => _services.Metrics.Lost();

    /// <summary>Counts messages that a feed had for it and the queue no room. Any thread.</summary>
    public void OnLost(int messages) => _services.Metrics.Dropped(DropReason.Overflow, messages);

    /// <summary>Counts how a feed goes on.</summary>
    public void OnRecovered(RecoveryOutcome outcome) => _services.Metrics.Recovered(outcome);

    public void OnDrained()
    {
        while (_lossy is not null && _lossy.TryDequeue(out FeedMember? member))
        {
            member.Feed.TellLoss(member);
        }
    }

    /// <summary>The backplane took the connection away. Any thread.</summary>
    public void OnDisconnected(CloseReason reason)
    {
        State = SessionState.Disconnected;
        Connection.Close(reason);
    }

    public ValueTask OnEndedAsync(ushort? peerCloseCode) => _services.Connecting.EndAsync(this, peerCloseCode);

    /// <summary>Refuses a command that comes too fast, or closes the socket where that goes on and on.</summary>
    public void RefuseTooFast(long id, in Excess excess, string? room = null)
    {
        _services.Limits.Count(excess.Scope, excess.Kind);
        if (_rate.Refusals > _services.Options.Limits.MaxRefusals)
        {
            Connection.Close(CloseReason.TooFast);
        }
        else
        {
            WriteError(new ErrorEvent(id, ErrorCodes.TooFast, excess.Text, Retry: true, room, excess.Wait));
        }
    }

    private bool CountForUser()
    {
        if (Shares is null || Shares.TryAdd(User))
        {
            return true;
        }

        Connection.Close(CloseReason.TryAgainLater);
        return false;
    }

    // What neighbours of the address or the user have used up is not held against this one.
    private bool TryTake(int bytes, out Excess excess)
    {
        long now = _services.Clock.Read();
        if (!_rate.TryTake(now))
        {
            excess = new Excess(LimitScope.Connection, LimitKind.Messages, _rate.Wait);
            return false;
        }

        if (!_traffic.TryTake(_services.Limits.Connection, bytes, now, out excess))
        {
            _rate.CountRefusal();
            return false;
        }

        return Shares is null || Shares.TryTake(bytes, now, out excess);
    }
}
