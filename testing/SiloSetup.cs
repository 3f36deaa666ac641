using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Orleans.Timers;
using Switchboard.Core.Storage;
using Switchboard.Grains;
using Switchboard.Testing.Faults;
using Switchboard.Testing.Membership;
using Switchboard.Testing.Storage;
using Switchboard.Testing.Time;

namespace Switchboard.Testing;

/// <summary>What every silo of the cluster is made of: what a real one has, quicker to notice who is dead.</summary>
internal sealed class SiloSetup(SwitchboardClusterOptions options, CallFaults faults)
{
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(2);

    private readonly GrainMemory _memory = new();
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

            // All silos stall together with their process, which is no death: a second opinion is taken first.
            membership.EnableIndirectProbes = true;
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

        foreach (string storage in StorageNames())
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                storage,
                (services, _) => new SharedGrainStorage(
                    storage,
                    _memory,
                    services.GetRequiredService<Serializer>(),
                    services.GetRequiredService<IActivatorProvider>()));
        }

        // What a grain's state goes to that names no storage.
        silo.Services.TryAddSingleton(
            static services => services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        if (options.Clock is { } clock)
        {
            silo.Services.AddKeyedSingleton<TimeProvider>(SwitchboardSilo.ClockName, clock);
            UseClock(silo.Services, clock);
        }

        silo.AddOutgoingGrainCallFilter(new FaultFilter(faults, edge: null));
        silo.Services.AddLogging(logging => options.ConfigureLogging?.Invoke(logging));
        silo.AddSwitchboard(options.Grains);
        options.ConfigureSilo?.Invoke(silo);
    }

    // The timers of grains go by the clock; what else Orleans does by time does not.
    private static void UseClock(IServiceCollection services, TestClock clock)
    {
        ServiceDescriptor own = services.Last(static service => service.ServiceType == typeof(ITimerRegistry));
        services.AddSingleton(provider => new ClockedTimers(
            (ITimerRegistry)(own.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!)),
            clock));
        services.AddSingleton<ITimerRegistry>(static provider => provider.GetRequiredService<ClockedTimers>());
    }

    private IEnumerable<string> StorageNames() =>
        options.KeepsDetachedConnections ? options.GrainStorages.Append(SwitchboardSilo.StorageName) : options.GrainStorages;
}
