using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.Grains.Feeds;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Users;

/// <summary>The shell of a user. It is placed where its first connection is.</summary>
[Reentrant]
[KeepAlive]
[PreferLocalPlacement]
[GrainType(GrainTypes.User)]
internal sealed class UserGrain(GrainServices services) : FeedGrain(services), IUserGrain, IGrainMigrationParticipant
{
    private const string StateKey = "switchboard.user";

    private User? _user;

    protected override FeedOwner? Owner => _user;

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

    public ValueTask<Recovery> AttachAsync(
        ConnectionId connection, EdgeId edge, long attachment, Position? position)
    {
        Follow(edge);
        _user!.Reattach(connection, edge, attachment, seen: null, Services.Now());
        return new(_user.Attach(connection, edge, attachment, position, Services.Now()));
    }

    public ValueTask ReattachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? seen)
    {
        Follow(edge);
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
        _user!.DetachEdge(edge);
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

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_user is not null)
        {
            dehydrationContext.TryAddValue(StateKey, _user.Save());
        }
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (!rehydrationContext.TryGetValue(StateKey, out UserState? state) || state is null)
        {
            return;
        }

        _user = new User(new UserName(Key), Services.Options.UserFeed, state, Services.Now());
        foreach (UserConnectionState connection in state.Connections)
        {
            if (connection.Edge is { } edge)
            {
                Follow(edge);
            }
        }
    }

    protected override void EndIfUnused()
    {
        if (_user!.CanCollect(Services.Now()))
        {
            DeactivateOnIdle();
        }
    }
}
