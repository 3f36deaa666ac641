using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Grains.Feeds;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Connections;

/// <summary>
/// The shell of a connection. It asks itself first, then tells the rooms and the user; whatever changed while it waited
/// for them, it looks at again.
/// </summary>
[Reentrant]
[KeepAlive]
[PreferLocalPlacement]
[GrainType(GrainTypes.Connection)]
internal sealed class ConnectionGrain(GrainServices services)
    : FeedGrain(services), IConnectionGrain, IGrainMigrationParticipant
{
    private const string StateKey = "switchboard.connection";

    private Connection? _connection;
    private bool _isKept;

    protected override FeedOwner? Owner => _connection;

    private ConnectionId Id => new(Key);

    private Messenger Messenger => new(GrainFactory, Services);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Settle();
        return base.OnActivateAsync(cancellationToken);
    }

    public async ValueTask<OpenAnswer> OpenAsync(OpenRequest request)
    {
        var connection = new Connection(
            Id, request.User, request.Token, request.Edge, Services.Options.Connections, Epoch.Create(Services.Random));
        _connection = connection;
        Follow(request.Edge);
        Position user = default;
        try
        {
            user = await User(request.User).AddAsync(Id, request.Edge, 1);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            connection.Close(1);
        }
        finally
        {
            // It was closed meanwhile, perhaps before the user heard of it.
            if (connection.HasEnded)
            {
                End();
            }
        }

        return connection.HasEnded
            ? new OpenAnswer { Status = BackplaneStatus.Unavailable, User = default, Own = default }
            : new OpenAnswer { Status = BackplaneStatus.Ok, User = user, Own = connection.Head };
    }

    public async ValueTask<ResumeResult> ResumeAsync(ResumeRequest request)
    {
        if (_connection is null)
        {
            await ReadKeptAsync();
        }

        if (_connection is not { } connection)
        {
            DeactivateOnIdle();
            return new ResumeResult(BackplaneStatus.NoSuchConnection, Id, 0, [], default, default);
        }

        ResumeDecision decision = connection.Resume(
            request.User, request.Token, request.Edge, request.OwnPosition, Services.Now());
        if (decision.Status != BackplaneStatus.Ok)
        {
            return new ResumeResult(decision.Status, Id, 0, [], default, default);
        }

        Follow(request.Edge);
        Forsake();
        if (decision.Replaced is { } replaced)
        {
            Messenger.Disconnect(replaced, Id, DisconnectReason.Replaced);
            Messenger.Detach(decision.Rooms, Id, replaced.Number);
            if (replaced.Edge != request.Edge)
            {
                Services.Edges.Unfollow(replaced.Edge, GrainContext.GrainId);
            }
        }

        Recovery user = await User(connection.User).AttachAsync(
            Id, request.Edge, decision.Attachment, request.UserPosition);
        Settle();
        return new ResumeResult(BackplaneStatus.Ok, Id, decision.Attachment, decision.Rooms, user, decision.Own);
    }

    public async ValueTask<ReattachAnswer> ReattachAsync(ConnectionClaim claim)
    {
        Follow(claim.Edge);
        _connection ??= new Connection(Id, StateOf(claim), Services.Options.Connections, Services.Now());
        DisconnectReason? refused = _connection.Reattach(claim.Edge, claim.Attachment, claim.OwnSeen, Services.Now());
        if (refused is null)
        {
            Connection connection = _connection;
            Settle();
            await User(connection.User).ReattachAsync(Id, claim.Edge, claim.Attachment, claim.UserSeen);
            foreach (RoomMembership joined in connection.Memberships)
            {
                ClaimedRoom? known = Array.Find(claim.Rooms, room => room.Room == joined.Room);
                await Room(joined.Room).ReattachAsync(
                    new Member
                    {
                        Connection = Id,
                        User = connection.User,
                        Edge = claim.Edge,
                        Attachment = claim.Attachment,
                        Watches = joined.Watches,
                        State = known?.State ?? default,
                    },
                    known?.Seen);
                await LeaveIfLeftAsync(connection, joined.Room);
            }
        }

        return new ReattachAnswer { Refused = refused };
    }

    public ValueTask DetachAsync(long attachment)
    {
        Detach(attachment, Services.Now(), tell: true);
        return default;
    }

    public ValueTask DetachEdgeAsync(EdgeId edge, long lastSeen)
    {
        // Rooms and users follow the edge themselves.
        if (_connection?.Attachment is { } attachment && attachment.Edge == edge)
        {
            Detach(attachment.Number, lastSeen, tell: false);
        }

        return default;
    }

    public ValueTask CloseAsync(long attachment)
    {
        if (_connection is { } connection && connection.Close(attachment))
        {
            End();
        }

        return default;
    }

    public async ValueTask<JoinResult> JoinAsync(RoomName room, JoinOptions options)
    {
        if (_connection is not { } connection)
        {
            DeactivateOnIdle();
            return Refuse(BackplaneStatus.NoSuchConnection);
        }

        BackplaneStatus status = connection.BeginJoin(room, options.Presence, Services.Now());
        if (status != BackplaneStatus.Ok)
        {
            return Refuse(status);
        }

        long attachment = connection.AttachmentNumber;
        var request = new JoinRequest
        {
            Connection = Id,
            User = connection.User,
            Edge = connection.Attachment?.Edge,
            Attachment = attachment,
            Position = options.Position,
            Watches = options.Presence,
            State = options.State,
        };
        JoinResult result;
        try
        {
            result = await Room(room).JoinAsync(request);
            if (result.Status == BackplaneStatus.AlreadyJoined && request.Edge is { } edge)
            {
                // Left over from a join or a leave whose outcome was unknown: the room is told what holds.
                result = await Room(room).RejoinAsync(MemberOf(connection, edge, attachment, options), options.Position);
            }
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            result = Refuse(BackplaneStatus.Unavailable);
        }

        bool isUnknown = result.Status == BackplaneStatus.Unavailable;
        switch (connection.CompleteJoin(room, attachment, result.Status == BackplaneStatus.Ok))
        {
            case JoinFollowUp.Leave:
                Leave(connection, room);
                return Refuse(BackplaneStatus.NoSuchConnection);
            case JoinFollowUp.Detach:
                Messenger.Detach([room], Id, attachment);
                break;
            case JoinFollowUp.None when isUnknown:
                Leave(connection, room);
                break;
        }

        return result;
    }

    public async ValueTask<JoinResult> RejoinAsync(RoomName room, Position? position)
    {
        if (_connection is not { Attachment: { } holder } connection)
        {
            return Refuse(BackplaneStatus.NoSuchConnection);
        }

        if (!connection.IsMemberOf(room))
        {
            return Refuse(BackplaneStatus.NotJoined);
        }

        bool watches = connection.Memberships.First(joined => joined.Room == room).Watches;
        JoinResult result = await Room(room).RejoinAsync(
            MemberOf(connection, holder.Edge, holder.Number, new JoinOptions(position, watches, default)), position);
        if (connection.Attachment != holder)
        {
            Messenger.Detach([room], Id, holder.Number);
        }

        await LeaveIfLeftAsync(connection, room);
        return result;
    }

    public async ValueTask<BackplaneStatus> LeaveAsync(RoomName room)
    {
        if (_connection is not { } connection)
        {
            DeactivateOnIdle();
            return BackplaneStatus.NoSuchConnection;
        }

        BackplaneStatus status = connection.BeginLeave(room, Services.Now());
        if (status == BackplaneStatus.Ok)
        {
            try
            {
                await Room(room).LeaveAsync(Id);
                connection.CompleteLeave(room);
            }
            catch (Exception exception) when (ClusterFault.Is(exception))
            {
                connection.CompleteLeave(room);
                Leave(connection, room);
            }
        }

        return status;
    }

    public async ValueTask<PublishResult> SendAsync(Publication publication)
    {
        if (_connection is not { } connection)
        {
            DeactivateOnIdle();
            return new PublishResult(BackplaneStatus.NoSuchConnection, default, false);
        }

        PublishResult result = connection.Send(publication, Services.Now());
        Settle();
        await WaitToCatchUpAsync();
        return result;
    }

    public ValueTask<HistoryResult> ReadAsync(HistoryQuery query) => new(_connection is { } connection
        ? connection.Read(query, Services.Now())
        : new HistoryResult(BackplaneStatus.NoSuchConnection, default, [], false));

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_connection is { HasEnded: false })
        {
            dehydrationContext.TryAddValue(StateKey, _connection.Save());
        }
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (rehydrationContext.TryGetValue(StateKey, out ConnectionState? state) && state is not null)
        {
            _connection = new Connection(Id, state, Services.Options.Connections, Services.Now());
            if (state.Edge is { } edge)
            {
                Follow(edge);
            }
        }
    }

    /// <summary>The grace period is over.</summary>
    protected override void OnExpired() => End();

    private static JoinResult Refuse(BackplaneStatus status) => new(status, default, false, null);

    private ConnectionState StateOf(ConnectionClaim claim) => new(
        claim.User,
        claim.Token,
        claim.Edge,
        claim.Attachment,
        DetachedAt: 0,
        [.. claim.Rooms.Select(room => new RoomMembership(room.Room, room.Watches))],
        NewFeed(),
        Seen: null);

    // What was sent since it was written down can't be known: the epoch says so.
    private StoredFeed NewFeed() => StoredFeed.Empty(Epoch.Create(Services.Random));

    private Member MemberOf(Connection connection, EdgeId edge, long attachment, in JoinOptions options) => new()
    {
        Connection = Id,
        User = connection.User,
        Edge = edge,
        Attachment = attachment,
        Watches = options.Presence,
        State = options.State,
    };

    private void Detach(long attachment, long at, bool tell)
    {
        if (_connection is not { } connection || connection.Attachment?.Edge is not { } edge || !connection.Detach(attachment, at))
        {
            return;
        }

        Services.Edges.Unfollow(edge, GrainContext.GrainId);
        if (tell)
        {
            Messenger.Detach(connection.Rooms, Id, attachment);
            Messenger.Detach(connection.User, Id, attachment);
        }

        if (Services.Sessions is { } sessions)
        {
            _isKept = true;
            sessions.Keep(Id, connection.Save() with { Feed = NewFeed(), Seen = null });
        }

        Settle();
    }

    private async Task ReadKeptAsync()
    {
        if (Services.Sessions is { } sessions && await sessions.ReadAsync(Id) is { } kept && _connection is null)
        {
            _isKept = true;
            _connection = new Connection(Id, kept, Services.Options.Connections, Services.Now());
        }
    }

    private void Forsake()
    {
        if (_isKept)
        {
            _isKept = false;
            Services.Sessions!.Drop(Id);
        }
    }

    // The rooms and the user hear of the end in any case; the grain need not be there for that.
    private void End()
    {
        Connection connection = _connection!;
        Forsake();
        foreach (RoomName room in connection.Rooms)
        {
            Leave(connection, room);
        }

        Messenger.Remove(connection.User, Id);
        DeactivateOnIdle();
    }

    private void Leave(Connection connection, RoomName room) =>
        Messenger.Leave(room, Id, () => connection.HasEnded || !connection.IsInvolvedIn(room));

    // The room was told that the connection is a member; that may have ended while it was told.
    private async Task LeaveIfLeftAsync(Connection connection, RoomName room)
    {
        if (connection.HasEnded || !connection.IsInvolvedIn(room))
        {
            await Room(room).LeaveAsync(Id);
        }
    }

    private IRoomGrain Room(RoomName room) => GrainFactory.GetGrain<IRoomGrain>(room.Value);

    private IUserGrain User(UserName user) => GrainFactory.GetGrain<IUserGrain>(user.Value);
}
