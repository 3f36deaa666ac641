using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Grains.Connections;
using Switchboard.Grains.Edges;
using Switchboard.Grains.Metrics;
using Switchboard.Grains.Nodes;
using Switchboard.Grains.Rooms;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Users;

namespace Switchboard.Grains;

/// <summary>Makes a silo one of Switchboard's.</summary>
public static class SwitchboardSilo
{
    /// <summary>The name of the grain storage in which detached connections are kept.</summary>
    public const string StorageName = "switchboard";

    /// <summary>
    /// The key of the <see cref="TimeProvider"/> that Switchboard's grains go by, which is the silo's own unless another is there. Take
    /// it with <c>[FromKeyedServices(SwitchboardSilo.ClockName)]</c>, and a test can move it on.
    /// </summary>
    public const string ClockName = "switchboard";

    /// <summary>
    /// Adds the grains. Where any kind of rooms is durable, an <see cref="IFeedStore"/> has to be there; where a grain
    /// storage named "switchboard" is, detached connections outlive their silo; where an <see cref="IBackplaneObserver"/>
    /// is, it hears of the connections and rooms that live on this silo.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">What the cluster keeps and allows; not to be changed any more.</param>
    /// <exception cref="ArgumentException">The options are out of bounds; the message names every field.</exception>
    public static ISiloBuilder AddSwitchboard(this ISiloBuilder silo, GrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(options);
        string problems = string.Join("; ", options.Validate());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton<IConfigurationValidator, LogicValidator>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddKeyedSingleton(
            ClockName, static (services, _) => services.GetRequiredService<TimeProvider>());
        silo.Services.TryAddSingleton<IRandomSource, CryptoRandomSource>();
        silo.Services.AddSingleton<EdgeDirectory>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static services => services.GetRequiredService<EdgeDirectory>());
        silo.Services.AddSingleton<LocalRooms>();
        silo.Services.AddSingleton(static services => new SiloMetrics(
            services.GetRequiredService<LocalRooms>(),
            services.GetRequiredKeyedService<TimeProvider>(ClockName),
            services.GetService<IMeterFactory>()));
        silo.Services.AddSingleton(static services => new RecentDeaths(
            services.GetRequiredService<ISiloStatusOracle>(), services.GetRequiredKeyedService<TimeProvider>(ClockName)));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static services => services.GetRequiredService<RecentDeaths>());
        silo.Services.AddSingleton<LocalNode>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static services => services.GetRequiredService<LocalNode>());
        silo.Services.AddSingleton<SiloInbox>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static services => services.GetRequiredService<SiloInbox>());
        silo.Services.AddSingleton(CreateBans);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static services => services.GetRequiredService<BanDirectory>());
        silo.Services.AddSingleton<StayingSilos>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Evacuation>();
        silo.Services.AddSingleton(CreateServices);
        return silo;
    }

    private static GrainServices CreateServices(IServiceProvider services)
    {
        GrainOptions options = services.GetRequiredService<GrainOptions>();
        IFeedStore? store = services.GetService<IFeedStore>();
        if (options.NeedsStore && store is null)
        {
            throw new InvalidOperationException("a kind of rooms is durable, but the silo has no store to keep them in");
        }

        TimeProvider time = services.GetRequiredKeyedService<TimeProvider>(ClockName);
        ILoggerFactory logs = services.GetRequiredService<ILoggerFactory>();
        SessionStore? sessions = services.GetKeyedService<IGrainStorage>(StorageName) is { } storage
            ? new SessionStore(storage, logs.CreateLogger<SessionStore>())
            : null;
        return new GrainServices(
            options,
            time,
            services.GetRequiredService<IRandomSource>(),
            services.GetRequiredService<EdgeDirectory>(),
            store,
            sessions,
            services.GetService<IBackplaneObserver>(),
            services.GetRequiredService<BanDirectory>(),
            services.GetRequiredService<SiloInbox>(),
            services.GetRequiredService<LocalRooms>(),
            services.GetRequiredService<SiloMetrics>(),
            services.GetRequiredService<RecentDeaths>(),
            logs);
    }

    private static BanDirectory CreateBans(IServiceProvider services)
    {
        ILoggerFactory logs = services.GetRequiredService<ILoggerFactory>();
        BanStore? store = services.GetKeyedService<IGrainStorage>(StorageName) is { } storage
            ? new BanStore(storage, logs.CreateLogger<BanStore>())
            : null;
        return new BanDirectory(
            services.GetRequiredService<IGrainFactory>(),
            store,
            services.GetRequiredKeyedService<TimeProvider>(ClockName),
            logs.CreateLogger<BanDirectory>());
    }
}
