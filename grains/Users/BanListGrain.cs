using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Users;

/// <summary>The list of bans. Where there is a storage, nothing is answered before it is kept.</summary>
[KeepAlive]
[GrainType(GrainTypes.Bans)]
internal sealed class BanListGrain(GrainServices services) : Grain, IBanListGrain, IGrainMigrationParticipant
{
    private const string StateKey = "switchboard.bans";

    private BanList _bans = new([]);
    private long _version;

    /// <exception cref="OrleansException">What was kept can't be read: better no answer than an empty list.</exception>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (services.Bans.Store is { } store)
        {
            _bans = new BanList(await store.ReadAsync());
        }

        _version = services.Now();
        await base.OnActivateAsync(cancellationToken);
    }

    public async ValueTask<BackplaneStatus> BanAsync(Ban ban)
    {
        if (!_bans.TryAdd(ban, services.Now()))
        {
            return BackplaneStatus.TooManyBans;
        }

        return await KeepAsync();
    }

    public async ValueTask<BackplaneStatus> UnbanAsync(UserName user) =>
        _bans.Remove(user, services.Now()) ? await KeepAsync() : BackplaneStatus.Ok;

    public ValueTask<BanPage> ListAsync(string? after, int limit) => new(_bans.List(after, limit, services.Now()));

    public ValueTask<BanSnapshot> ReadAsync(long version) => new(new BanSnapshot
    {
        Version = _version,
        Bans = version == _version ? null : [.. _bans.All],
    });

    public void OnDehydrate(IDehydrationContext dehydrationContext) =>
        dehydrationContext.TryAddValue(StateKey, new KeptBans { Bans = [.. _bans.All] });

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (rehydrationContext.TryGetValue(StateKey, out KeptBans? kept) && kept is not null)
        {
            _bans = new BanList(kept.Bans);
        }
    }

    private async ValueTask<BackplaneStatus> KeepAsync()
    {
        _version++;
        if (services.Bans.Store is not { } store || await store.TryWriteAsync([.. _bans.All]))
        {
            return BackplaneStatus.Ok;
        }

        // What is kept is unknown: the next activation reads it.
        DeactivateOnIdle();
        return BackplaneStatus.Unavailable;
    }
}
