using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;
using Switchboard.Core.Storage;
using Switchboard.Grains;
using Switchboard.Testing.Faults;
using Switchboard.Testing.Membership;
using Switchboard.Testing.Storage;

namespace Switchboard.Testing;

/// <summary>What every silo of the cluster is made of: what a real one has, quicker to notice who is dead.</summary>
internal sealed class SiloSetup(SwitchboardClusterOptions options, CallFaults faults, SessionMemory? sessions)
{
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, TableDoor> _doors = new();

    public void Keep(string silo, TableDoor door) => _doors[silo] = door;

    public TableDoor DoorOf(string silo) => _doors[silo];

    public void Configure(ISiloBuilder silo, TableDoor door)
    {
        silo.AddSwitchboardDefaults();
        silo.Services.AddSingleton<IMembershipTable>(door);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = options.ProbeTimeout;
            membership.TableRefreshTimeout = TableRefresh;
        });
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = options.ResponseTimeout;
            messaging.SystemResponseTimeout = options.ResponseTimeout;
        });
        if (options.Store is { } store)
        {
            silo.Services.AddSingleton<IFeedStore>(store);
        }

        if (sessions is not null)
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(SwitchboardSilo.StorageName, sessions);
        }

        silo.AddOutgoingGrainCallFilter(new FaultFilter(faults, edge: null));
        silo.Services.AddLogging(logging => options.ConfigureLogging?.Invoke(logging));
        silo.AddSwitchboard(options.Grains);
        options.ConfigureSilo?.Invoke(silo);
    }
}
