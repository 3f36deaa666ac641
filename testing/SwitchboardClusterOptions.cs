using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Switchboard.Core.Storage;
using Switchboard.Gateway;
using Switchboard.Grains;
using Switchboard.Testing.Time;

namespace Switchboard.Testing;

/// <summary>How a cluster for tests is set up. Everything has a default with which tests are quick.</summary>
public sealed class SwitchboardClusterOptions
{
    internal static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    /// <summary>What the cluster keeps and allows, such as the kinds of rooms; all silos have the same.</summary>
    public GrainOptions Grains { get; set; } = new();

    /// <summary>
    /// What else each silo is to have, such as services for grains of your own; called last, once for each silo. The grains
    /// themselves are found in the test's assemblies.
    /// </summary>
    public Action<ISiloBuilder>? ConfigureSilo { get; set; }

    /// <summary>How edges serve their clients; called once for each edge.</summary>
    public Action<GatewayOptions>? ConfigureGateway { get; set; }

    /// <summary>What edges serve besides, such as the files of a page; called last, once for each edge.</summary>
    public Action<IApplicationBuilder>? ConfigureApp { get; set; }

    /// <summary>
    /// The clock of Switchboard's part of silos and edges and of the timers of all grains, which the test moves on; null for the
    /// machine's.
    /// </summary>
    public TestClock? Clock { get; set; }

    /// <summary>
    /// Where durable rooms are kept; null where no kind is durable. All silos share it. <see cref="Storage.MemoryFeedStore"/>
    /// takes no database.
    /// </summary>
    public IFeedStore? Store { get; set; }

    /// <summary>
    /// The names of the grain storages for grains of your own, in memory that outlives every silo: what a grain has written, its
    /// next activation reads.
    /// </summary>
    public IList<string> GrainStorages { get; } = ["Default"];

    /// <summary>
    /// True where detached connections are kept in memory that all silos share, so that they outlive their silo; false
    /// for a cluster without that storage.
    /// </summary>
    public bool KeepsDetachedConnections { get; set; } = true;

    /// <summary>
    /// False for edges without sockets, whose <see cref="ClusterEdge.Backplane"/> a test attaches its own edge to.
    /// </summary>
    public bool ServesClients { get; set; } = true;

    /// <summary>How long a silo may take to answer a probe; after three in a row it counts as dead.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a call from a silo or an edge may take before its outcome counts as unknown, unless its contract says
    /// otherwise.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a start, or the others' agreement about it, may take before it is a <see cref="TimeoutException"/>.</summary>
    public TimeSpan Patience { get; set; } = DefaultPatience;

    /// <summary>Where silos and edges log to; null for nowhere.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; set; }
}
