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
    : FeedGrain(services), IConnectionGrain
{
    private const string StateKey = "switchboard.connection";

    private static readonly AdmitAnswer NotAdmitted = new() { Head = default };

    private Connection? _connection;
    private SessionRow? _row;
    private bool _isOpening;
    private bool _isRemembered;

    protected override FeedKind Kind => FeedKind.Connection;

    protected override FeedOwner? Owner => _connection;

    private ConnectionId Id => new(Key);

    private SessionRow Row =>
        _row ??= new SessionRow(Id, Services.Sessions, Services.Options.Connections, Services.Random, Services.Now);

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
        _isOpening = true;
        Follow(request.Edge);
        AdmitAnswer user = NotAdmitted;
        try
        {
            user = await User(request.User).AdmitAsync(Id, request.Edge, 1);
            if (user.Ban is not null)
            {
                connection.Close(1);
            }
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
                End(cause: null);
            }
        }

        _isOpening = false;
        BackplaneStatus status = user.Ban is not null ? BackplaneStatus.Banned
            : connection.HasEnded ? BackplaneStatus.Unavailable
            : BackplaneStatus.Ok;
        if (status == BackplaneStatus.Ok)
        {
            Services.Observer?.OnConnected(Id, request.User);
        }

        return new OpenAnswer { Status = status, User = user.Head, Own = connection.Head, Ban = user.Ban };
    }

    public async ValueTask<ResumeResult> ResumeAsync(ResumeRequest request)
    {
        if (await FindAsync() is not { } connection)
        {
            return Unknown(status => new ResumeResult(status, Id, 0, [], default, default), mayBeClaimed: true);
        }

        ResumeDecision decision = connection.Resume(
            request.User, request.Token, request.Edge, request.OwnPosition, Services.Now(), request.Turn);
        if (decision.Status != BackplaneStatus.Ok)
        {
            // One that was kept longer than its grace period ends now.
            Settle();
            return new ResumeResult(decision.Status, Id, 0, [], default, default);
        }

        Follow(request.Edge);
        Row.Drop();
        if (decision.Replaced is { } replaced)
        {
            Messenger.Disconnect(replaced, Id, DisconnectReason.Replaced);
            Messenger.Detach(decision.Rooms.Select(static joined => joined.Room), Id, replaced.Number);
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
        if (_connection is null)
        {
            _connection = new Connection(Id, ClaimedState.Of(claim, NewFeed()), Services.Options.Connections, Services.Now());
            Row.Doubt();
        }

        DisconnectReason? refused = _connection.Reattach(
            claim.Edge, claim.Attachment, claim.OwnSeen, Services.Now(), claim.Turn, ClaimedState.RoomsOf(claim));
        if (refused is null)
        {
            Connection connection = _connection;
            Settle();
            await User(connection.User).ReattachAsync(Id, claim.Edge, claim.Attachment, claim.UserSeen);
            await In(connection).ReattachAsync(claim);
        }

        return new ReattachAnswer { Refused = refused };
    }

    public ValueTask DetachAsync(long attachment)
    {
        Detach(attachment, Services.Now(), tell: true);
        EndIfUnused();
        return default;
    }

    public ValueTask DetachEdgeAsync(EdgeId edge, long lastSeen)
    {
        // Rooms and users follow the edge themselves. An edge that says just now that it does not hold the connection knows it.
        bool isSilent = Services.Now() - lastSeen > (long)Services.Options.EdgeLease.TotalMilliseconds;
        if (_connection?.Attachment is { } attachment
            && attachment.Edge == edge
            && (!isSilent || IsGone(edge)))
        {
            Detach(attachment.Number, lastSeen, tell: false);
        }

        EndIfUnused();
        return default;
    }

    public ValueTask CloseAsync(long attachment)
    {
        if (_connection is { } connection && connection.Close(attachment))
        {
            End(_isOpening ? null : DisconnectCause.Closed);
        }

        EndIfUnused();
        return default;
    }

    public async ValueTask<ForwardAnswer> ForwardAsync(ForwardRequest request)
    {
        if (await FindAsync() is not { } connection)
        {
            return Unknown(static status => NotForwarded(status), mayBeClaimed: true);
        }

        BackplaneStatus status = connection.Authorize(request.User, request.Token, Services.Now());
        if (status == BackplaneStatus.Ok && connection.Attachment is { } attachment)
        {
            return await Messenger.ForwardAsync(attachment, Id, request.Request);
        }

        // One that was kept longer than its grace period ends now.
        Settle();
        return NotForwarded(status);
    }

    public async ValueTask<OwnerAnswer> FindOwnerAsync(string token) => await FindAsync() is { } connection
        ? OwnerAnswer.From(connection.FindOwner(token, Services.Now()))
        : Unknown(static status => new OwnerAnswer { Status = status }, mayBeClaimed: true);

    public ValueTask<JoinResult> JoinAsync(RoomName room, JoinOptions options) =>
        _connection is { } connection ? In(connection).JoinAsync(room, options) : new(Unknown(Memberships.Refuse));

    public ValueTask<JoinResult> RejoinAsync(RoomName room, Position? position) =>
        _connection is { } connection ? In(connection).RejoinAsync(room, position) : new(Unknown(Memberships.Refuse));

    public ValueTask<BackplaneStatus> LeaveAsync(RoomName room) =>
        _connection is { } connection ? In(connection).LeaveAsync(room) : new(Unknown(static status => status));

    public async ValueTask<PublishResult> SendAsync(Publication publication)
    {
        if (_connection is not { } connection)
        {
            return Unknown(static status => new PublishResult(status, default, false));
        }

        PublishResult result = connection.Send(publication, Services.Now());
        Settle();
        await WaitToCatchUpAsync();
        return result;
    }

    public async ValueTask<ConnectionView> InspectAsync() => await FindAsync() is { } connection
        ? connection.Inspect(Services.Now())
        : Unknown(ConnectionView.Refuse);

    public async ValueTask<BackplaneStatus> JoinForServerAsync(RoomName room, JoinOptions options) =>
        await FindAsync() is not { } connection ? Unknown(static status => status)
        : connection.Attachment is { } holder ? await Messenger.AskAsync(
            holder, Id, edge => edge.JoinAsync(Id, holder.Number, room, options))
        : (await In(connection).JoinAsync(room, options)).Status;

    public async ValueTask<BackplaneStatus> LeaveForServerAsync(RoomName room, string reason) =>
        await FindAsync() is not { } connection ? Unknown(static status => status)
        : connection.Attachment is { } holder ? await Messenger.AskAsync(
            holder, Id, edge => edge.LeaveAsync(Id, holder.Number, room, reason))
        : await In(connection).LeaveAsync(room);

    public async ValueTask<BackplaneStatus> EndAsync(DisconnectReason reason)
    {
        if (await FindAsync() is not { } connection || !connection.IsAlive(Services.Now()))
        {
            return Unknown(static status => status);
        }

        Attachment? holder = connection.Attachment;
        DisconnectCause? cause = _isOpening ? null : DisconnectCause.Closed;
        connection.Close(connection.AttachmentNumber);
        BackplaneStatus told = BackplaneStatus.Ok;
        if (holder is { } attachment)
        {
            // Until its edge has let go of it, this activation says that it has ended to whoever claims it.
            told = await Messenger.AskAsync(attachment, Id, async edge =>
            {
                await edge.DisconnectAsync(Id, attachment.Number, reason);
                return BackplaneStatus.Ok;
            });
        }

        End(cause);
        return told;
    }

    public ValueTask<HistoryResult> ReadAsync(HistoryQuery query) => new(_connection is { } connection
        ? connection.Read(query, Services.Now())
        : Unknown(static status => new HistoryResult(status, default, [], false)));

    public override void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_connection is { HasEnded: false })
        {
            dehydrationContext.TryAddValue(StateKey, _connection.Save());
        }
    }

    public override void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        base.OnRehydrate(rehydrationContext);
        if (rehydrationContext.TryGetValue(StateKey, out ConnectionState? state) && state is not null)
        {
            _connection = new Connection(Id, state, Services.Options.Connections, Services.Now());
            Row.Doubt();
            if (state.Edge is { } edge)
            {
                Follow(edge);
            }
        }
    }

    /// <summary>The grace period is over.</summary>
    protected override void OnExpired()
    {
        if (!_isRemembered)
        {
            End(DisconnectCause.Expired);
        }
    }

    private static ForwardAnswer NotForwarded(BackplaneStatus status) =>
        new() { Status = status, Received = ReceiveStatus.NoSession, Expected = 0 };

    // What was sent since it was written down can't be known: the epoch says so.
    private StoredFeed NewFeed() => StoredFeed.Empty(Epoch.Create(Services.Random));

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

        Row.KeepAsync(connection).Ignore();
        Settle();
    }

    private async ValueTask<Connection?> FindAsync()
    {
        if (_connection is null)
        {
            if (await Row.ReadAsync() is { } kept)
            {
                _connection ??= new Connection(Id, kept, Services.Options.Connections, Services.Now());
            }

            Settle();
        }

        return _connection;
    }

    // The rooms and the user hear of the end in any case; the grain need not be there for that. Without a cause it is one
    // of a connection that nobody has heard of yet.
    private void End(DisconnectCause? cause)
    {
        Connection connection = _connection!;
        Row.Drop();
        foreach (RoomName room in connection.Rooms)
        {
            In(connection).Leave(room);
        }

        Messenger.Remove(connection.User, Id);
        if (cause is { } known)
        {
            Services.Observer?.OnDisconnected(Id, connection.User, known);
        }

        Remember(connection);
    }

    // An edge that held it before may not have heard of that, and claim it: to a new activation it would be a connection
    // that was lost with its silo. This one says that it has ended, until every edge was told.
    private void Remember(Connection connection)
    {
        if (connection.AttachmentNumber == 1)
        {
            DeactivateOnIdle();
            return;
        }

        _isRemembered = true;
        this.RegisterGrainTimer(
            static (grain, _) =>
            {
                grain.DeactivateOnIdle();
                return Task.CompletedTask;
            },
            this,
            new GrainTimerCreationOptions(Messenger.Patience, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    private Memberships In(Connection connection) => new(connection, Row, GrainFactory, Services);

    // Nobody is here: the call has brought up an activation for nothing.
    private T Unknown<T>(Func<BackplaneStatus, T> answer, bool mayBeClaimed = false)
    {
        EndIfUnused();
        return answer(mayBeClaimed && Services.Deaths.Any ? BackplaneStatus.NotYetClaimed : BackplaneStatus.NoSuchConnection);
    }

    private IUserGrain User(UserName user) => GrainFactory.GetGrain<IUserGrain>(user.Value);
}
