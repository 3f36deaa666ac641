using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.Grains.Feeds;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Users;

/// <summary>The shell of a user. It is placed where its first connection is.</summary>
[Reentrant]
[KeepAlive]
[PreferLocalPlacement]
[GrainType(GrainTypes.User)]
internal sealed class UserGrain(GrainServices services) : FeedGrain(services), IUserGrain
{
    private const string StateKey = "switchboard.user";
    private const string BanKey = "switchboard.user-ban";

    private User? _user;

    protected override FeedKind Kind => FeedKind.User;

    protected override FeedOwner? Owner => _user;

    protected override bool IsUnused => _user!.CanCollect(Services.Now());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _user ??= new User(new UserName(Key), Services.Options.UserFeed, Epoch.Create(Services.Random));
        Settle();
        return base.OnActivateAsync(cancellationToken);
    }

    public ValueTask<Position> AddAsync(ConnectionId connection, EdgeId edge, long attachment)
    {
        Follow(edge);
        return new(_user!.Add(connection, edge, attachment));
    }

    public ValueTask<AdmitAnswer> AdmitAsync(ConnectionId connection, EdgeId edge, long attachment)
    {
        if (FindBan() is { } ban)
        {
            EndIfUnused();
            return new(new AdmitAnswer { Head = default, Ban = ban });
        }

        Follow(edge);
        return new(new AdmitAnswer { Head = _user!.Add(connection, edge, attachment) });
    }

    public ValueTask<Recovery> AttachAsync(
        ConnectionId connection, EdgeId edge, long attachment, Position? position)
    {
        Follow(edge);
        EndIfBanned(connection);
        _user!.Reattach(connection, edge, attachment, seen: null, Services.Now());
        return new(_user.Attach(connection, edge, attachment, position, Services.Now()));
    }

    public ValueTask ReattachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? seen)
    {
        Follow(edge);
        EndIfBanned(connection);
        _user!.Reattach(connection, edge, attachment, seen, Services.Now());
        Settle();
        return default;
    }

    public ValueTask DetachAsync(ConnectionId connection, long attachment)
    {
        _user!.Detach(connection, attachment);
        EndIfUnused();
        return default;
    }

    public ValueTask DetachEdgeAsync(EdgeId edge)
    {
        if (IsGone(edge))
        {
            _user!.DetachEdge(edge);
        }

        EndIfUnused();
        return default;
    }

    public ValueTask RemoveAsync(ConnectionId connection)
    {
        _user!.Remove(connection);
        EndIfUnused();
        return default;
    }

    public async ValueTask<PublishResult> SendAsync(Publication publication)
    {
        PublishResult result = _user!.Send(publication, Services.Now());
        Settle();
        EndIfUnused();
        await WaitToCatchUpAsync();
        return result;
    }

    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query)
    {
        EndIfUnused();
        return new(_user!.Read(reader, query, Services.Now()));
    }

    public ValueTask<UserView> InspectAsync(string? after, int limit)
    {
        EndIfUnused();
        return new(_user!.Inspect(after, limit, Services.Now()) with { Ban = FindBan() });
    }

    public ValueTask<DisconnectResult> EndAllAsync() => EndAllAsync(DisconnectReason.Kicked);

    public ValueTask<DisconnectResult> SetBanAsync(Ban? ban)
    {
        _user!.SetBan(ban);
        Settle();
        EndIfUnused();
        return ban is null ? new(new DisconnectResult(BackplaneStatus.Ok, 0)) : EndAllAsync(DisconnectReason.Banned);
    }

    public override void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_user is not null)
        {
            dehydrationContext.TryAddValue(StateKey, _user.Save());
            if (_user.FindBan(Services.Now()) is { } ban)
            {
                dehydrationContext.TryAddValue(BanKey, ban);
            }
        }
    }

    public override void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        base.OnRehydrate(rehydrationContext);
        if (!rehydrationContext.TryGetValue(StateKey, out UserState? state) || state is null)
        {
            return;
        }

        _user = new User(new UserName(Key), Services.Options.UserFeed, state, Services.Now());
        if (rehydrationContext.TryGetValue(BanKey, out Ban? ban))
        {
            _user.SetBan(ban);
        }

        foreach (UserConnectionState connection in state.Connections)
        {
            if (connection.Edge is { } edge)
            {
                Follow(edge);
            }
        }
    }

    // A user that came up anew has the list's word for it, which may be a second old.
    private Ban? FindBan()
    {
        long now = Services.Now();
        return _user!.FindBan(now) ?? (Services.Bans.Find(_user.Name) is { } ban && ban.IsInForce(now) ? ban : null);
    }

    // A connection that nobody knew of when the user was banned.
    private void EndIfBanned(ConnectionId connection)
    {
        if (FindBan() is not null)
        {
            EndAsync(connection, DisconnectReason.Banned).Ignore();
        }
    }

    private async ValueTask<DisconnectResult> EndAllAsync(DisconnectReason reason)
    {
        BackplaneStatus[] ended =
            await Task.WhenAll(_user!.Connections.Select(connection => EndAsync(connection, reason)));
        EndIfUnused();
        return new DisconnectResult(
            ended.Contains(BackplaneStatus.Unavailable) ? BackplaneStatus.Unavailable : BackplaneStatus.Ok,
            ended.Count(static status => status == BackplaneStatus.Ok));
    }

    private async Task<BackplaneStatus> EndAsync(ConnectionId connection, DisconnectReason reason)
    {
        try
        {
            return await GrainFactory.GetGrain<IConnectionGrain>(connection.Value).EndAsync(reason);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return BackplaneStatus.Unavailable;
        }
    }
}
