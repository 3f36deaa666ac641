using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Connections;

/// <summary>
/// One client's session: whose it is, the rooms it is in, which socket holds it, and a feed of its own. It outlives
/// its socket for a grace period. Not safe for concurrent use. All times are milliseconds since the Unix epoch.
/// </summary>
public sealed class Connection : FeedOwner
{
    private readonly ConnectionOptions _options;
    private readonly TokenHash _token;
    private JoinedRooms _rooms;
    private EdgeId _edge;
    private long _attachment = 1;
    private long _turn;
    private long _joinNumber;
    private long _detachedAt;
    private bool _isRestored;
    private bool _hasLeft;

    /// <summary>A connection that is opened, with its first attachment.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="token">The hash of its resume token.</param>
    /// <param name="edge">Where its socket is.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="epoch">An epoch that no other feed of this name had.</param>
    public Connection(
        ConnectionId id, UserName user, TokenHash token, EdgeId edge, ConnectionOptions options, Epoch epoch)
        : base(options.Feed, epoch)
    {
        Id = id;
        User = user;
        _token = token;
        _edge = edge;
        _options = options;
    }

    /// <summary>A connection that goes on from what was saved of it, or from what the edge that holds it knows.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">What was saved.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="now">The time.</param>
    public Connection(ConnectionId id, ConnectionState state, ConnectionOptions options, long now)
        : base(options.Feed, state.Feed, durable: false, now)
    {
        Id = id;
        User = state.User;
        _token = state.Token;
        _edge = state.Edge ?? default;
        _attachment = state.Attachment;
        _turn = state.Turn;
        _joinNumber = Math.Max(state.JoinNumber, now);
        _detachedAt = state.DetachedAt;
        _isRestored = state.Edge is null;
        _options = options;
        _rooms.Adopt(state.Rooms);
        if (state.Seen is { } seen)
        {
            Listen();
            Rewind(_edge, seen, now);
        }
    }

    /// <summary>Its id.</summary>
    public ConnectionId Id { get; }

    /// <summary>Whose it is.</summary>
    public UserName User { get; }

    /// <summary>The socket that holds it; null while it is detached or once it has ended.</summary>
    public Attachment? Attachment => IsAttached ? new Attachment(_edge, _attachment) : null;

    /// <summary>The number of the newest attachment, also when that is gone.</summary>
    public long AttachmentNumber => _attachment;

    /// <summary>
    /// The number of its newest join. Each has a higher one than all before it, also of an earlier life of the connection of
    /// which nothing is known, as they begin with the clock.
    /// </summary>
    public long JoinNumber => _joinNumber;

    /// <summary>True once it was closed or its grace period was found to be over.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The rooms it is a member of.</summary>
    public IReadOnlyList<RoomName> Rooms => _rooms.Names;

    /// <summary>The rooms it is a member of, each with whether it is told of the others there.</summary>
    public IReadOnlyList<RoomMembership> Memberships => _rooms.Memberships;

    /// <inheritdoc/>
    public override FeedId FeedId => FeedId.Of(Id);

    /// <inheritdoc/>
    public override long? UpkeepAt => HasEnded ? null : IsAttached ? FeedExpiresAt : GraceEndsAt;

    private bool IsAttached => _edge.Value is not null;

    private long GraceEndsAt => _detachedAt + (long)_options.Grace.TotalMilliseconds;

    /// <summary>False once it has ended or its grace period is over.</summary>
    public bool IsAlive(long now) => !HasEnded && (IsAttached || now < GraceEndsAt);

    /// <summary>Gives the connection to a new socket, if the token is right and the user the same.</summary>
    /// <param name="user">Who the new socket has proven to be.</param>
    /// <param name="token">The resume token.</param>
    /// <param name="edge">Where the new socket is.</param>
    /// <param name="position">What was last seen of the connection's own feed; null to recover nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="turn">
    /// The client's count of its resumes, which may arrive in another order than they were sent in: one behind a higher
    /// number is Overtaken. The same number once more is a repetition, and taken. 0 for a client that does not count.
    /// </param>
    public ResumeDecision Resume(UserName user, string token, EdgeId edge, Position? position, long now, long turn = 0)
    {
        BackplaneStatus status = Authorize(user, token, now);
        if (status == BackplaneStatus.Ok && turn != 0 && turn < _turn)
        {
            status = BackplaneStatus.Overtaken;
        }

        if (status != BackplaneStatus.Ok)
        {
            return new ResumeDecision(status, 0, null, [], default);
        }

        Attachment? replaced = Attachment;
        SetEdge(edge);

        // Of one resume nobody may have heard here: what is still told of its attachment must not be taken for this one's.
        _attachment += _isRestored ? 2 : 1;
        _isRestored = false;
        _turn = Math.Max(_turn, turn);
        return new ResumeDecision(status, _attachment, replaced, Memberships, Recover(position, Id, now));
    }

    /// <summary>Whether whoever presents a token may act for the connection: Ok, NoSuchConnection, WrongToken or ForeignToken.</summary>
    /// <param name="user">Who they have proven to be.</param>
    /// <param name="token">The resume token.</param>
    /// <param name="now">The time.</param>
    public BackplaneStatus Authorize(UserName user, string token, long now) =>
        !IsAlive(now) ? BackplaneStatus.NoSuchConnection
        : !_token.Equals(TokenHash.Of(token)) ? BackplaneStatus.WrongToken
        : user != User ? BackplaneStatus.ForeignToken
        : BackplaneStatus.Ok;

    /// <summary>Tells whoever presents the token whose the connection is.</summary>
    /// <param name="token">The resume token.</param>
    /// <param name="now">The time.</param>
    public OwnerResult FindOwner(string token, long now)
    {
        BackplaneStatus status = Authorize(User, token, now);
        return new OwnerResult(status, status == BackplaneStatus.Ok ? User : default);
    }

    /// <summary>
    /// An edge says that it holds the connection: it may have been taken for dead, or the connection have come up anew
    /// elsewhere.
    /// </summary>
    /// <param name="edge">The edge.</param>
    /// <param name="attachment">The attachment that it holds.</param>
    /// <param name="seen">What it has seen of the connection's own feed; null where it has seen nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="turn">The turn that the attachment was made with; 0 for none.</param>
    /// <param name="rooms">
    /// The rooms that it is a member of, as far as the edge knows. Where this connection came up from an older claim, or from
    /// what was kept, there may be some of which it has not heard.
    /// </param>
    /// <returns>Null where it does; else why its socket is to be closed.</returns>
    public DisconnectReason? Reattach(
        EdgeId edge, long attachment, Position? seen, long now, long turn = 0, IReadOnlyList<RoomMembership>? rooms = null)
    {
        if (!IsAlive(now))
        {
            return DisconnectReason.Ended;
        }

        if (attachment < _attachment || (attachment == _attachment && IsAttached && _edge != edge))
        {
            return DisconnectReason.Replaced;
        }

        // A claim that was under way while a room was left still names it.
        if (attachment > _attachment || !_hasLeft)
        {
            _rooms.Adopt(rooms ?? []);
        }

        bool received = FindOutbox(edge) is { Receivers: > 0 };
        _attachment = attachment;
        _turn = Math.Max(_turn, turn);
        _joinNumber = Math.Max(_joinNumber, now);
        if (_edge != edge)
        {
            SetEdge(edge);
        }

        if (!received && seen is { } position && position != Head)
        {
            Listen();
            Rewind(edge, position, now);
        }

        return null;
    }

    /// <summary>All that is needed to go on elsewhere.</summary>
    public ConnectionState Save() => new(
        User,
        _token,
        IsAttached ? _edge : null,
        _attachment,
        _detachedAt,
        Memberships,
        SaveFeed() ?? StoredFeed.Empty(Epoch),
        IsAttached && FindOutbox(_edge) is { } outbox ? new Position(Epoch, outbox.Seen) : null,
        _turn,
        _joinNumber);

    /// <summary>The socket is gone. False for an attachment that is not the newest, and changes nothing then.</summary>
    public bool Detach(long attachment, long now)
    {
        if (attachment != _attachment || !IsAttached)
        {
            return false;
        }

        SetEdge(default);
        _detachedAt = now;
        return true;
    }

    /// <summary>Ends the connection. False for an attachment that is not the newest, and changes nothing then.</summary>
    public bool Close(long attachment)
    {
        if (attachment != _attachment || HasEnded)
        {
            return false;
        }

        SetEdge(default);
        HasEnded = true;
        return true;
    }

    /// <summary>
    /// Begins a join: Ok with the room kept for it, AlreadyJoined, TooManyRooms or NoSuchConnection. After Ok the
    /// room is asked, then <see cref="CompleteJoin"/> is called in any case.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="watches">Whether the member wants to be told of the others.</param>
    /// <param name="now">The time.</param>
    public BackplaneStatus BeginJoin(RoomName room, bool watches, long now)
    {
        if (!IsAlive(now))
        {
            return BackplaneStatus.NoSuchConnection;
        }

        if (_rooms.Contains(room))
        {
            return BackplaneStatus.AlreadyJoined;
        }

        if (_rooms.Count >= _options.MaxRooms)
        {
            return BackplaneStatus.TooManyRooms;
        }

        _rooms.Add(room, JoinedRoomState.Joining, watches);
        _joinNumber = Math.Max(_joinNumber + 1, now);
        return BackplaneStatus.Ok;
    }

    /// <summary>Ends what <see cref="BeginJoin"/> began.</summary>
    /// <param name="room">The room.</param>
    /// <param name="attachment">The newest attachment when the join began.</param>
    /// <param name="joined">Whether the room took the connection in.</param>
    public JoinFollowUp CompleteJoin(RoomName room, long attachment, bool joined)
    {
        if (!joined || HasEnded || attachment != _attachment)
        {
            _rooms.Remove(room);
            return joined ? JoinFollowUp.Leave : JoinFollowUp.None;
        }

        _rooms.Set(room, JoinedRoomState.Joined);
        return IsAttached ? JoinFollowUp.None : JoinFollowUp.Detach;
    }

    /// <summary>
    /// Begins to leave: Ok, NotJoined or NoSuchConnection. After Ok the room is told, then
    /// <see cref="CompleteLeave"/> is called.
    /// </summary>
    public BackplaneStatus BeginLeave(RoomName room, long now)
    {
        if (!IsAlive(now))
        {
            return BackplaneStatus.NoSuchConnection;
        }

        if (!IsMemberOf(room))
        {
            return BackplaneStatus.NotJoined;
        }

        _rooms.Set(room, JoinedRoomState.Leaving);
        _hasLeft = true;
        return BackplaneStatus.Ok;
    }

    /// <summary>Ends what <see cref="BeginLeave"/> began.</summary>
    public void CompleteLeave(RoomName room) => _rooms.Remove(room);

    /// <summary>Whether the connection is a member of a room, or on its way into or out of it.</summary>
    public bool IsInvolvedIn(RoomName room) => _rooms.Contains(room);

    /// <summary>Whether the connection is a member of a room.</summary>
    public bool IsMemberOf(RoomName room) => _rooms.IsMemberOf(room);

    /// <summary>Sends to this connection; kept for its resume while it is detached.</summary>
    public PublishResult Send(in Publication publication, long now)
    {
        if (!IsAlive(now))
        {
            return new PublishResult(BackplaneStatus.NoSuchConnection, default, false);
        }

        Listen();
        return Append(publication, now, out _);
    }

    /// <summary>Shows the server the connection.</summary>
    public ConnectionView Inspect(long now) => IsAlive(now)
        ? new ConnectionView(BackplaneStatus.Ok, User, IsAttached, Rooms) { Changing = _rooms.Changing }
        : ConnectionView.Refuse(BackplaneStatus.NoSuchConnection);

    /// <summary>Reads a page of the history of the connection's own feed.</summary>
    public HistoryResult Read(HistoryQuery query, long now) => ReadFeed(query, now);

    /// <summary>Drops what has expired; true once the grace period is over, which ends the connection.</summary>
    public override bool Upkeep(long now)
    {
        base.Upkeep(now);
        HasEnded |= !IsAlive(now);
        return HasEnded;
    }

    // Most connections are never sent anything of their own: the edge receives from the first message on.
    private void Listen()
    {
        if (Audience is null && IsAttached)
        {
            EnsureAudience().Add(_edge, false, Head.Offset);
        }
    }

    private void SetEdge(EdgeId edge)
    {
        if (Audience is not null)
        {
            if (IsAttached)
            {
                Audience.Remove(_edge, false);
            }

            if (edge.Value is not null)
            {
                Audience.Add(edge, false, Head.Offset);
            }
        }

        _edge = edge;
    }
}
