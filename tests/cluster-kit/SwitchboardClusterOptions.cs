using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Switchboard.Core.Storage;
using Switchboard.Grains;

namespace Switchboard.Testing;

/// <summary>How a cluster for tests is set up. Everything has a default with which tests are quick.</summary>
public sealed class SwitchboardClusterOptions
{
    /// <summary>What the cluster keeps and allows; all silos have the same.</summary>
    public GrainOptions Grains { get; set; } = new();

    /// <summary>
    /// Where durable rooms are kept; null where no kind is durable. All silos share it. <see cref="Storage.MemoryFeedStore"/>
    /// takes no database.
    /// </summary>
    public IFeedStore? Store { get; set; }

    /// <summary>
    /// True where detached connections are kept in memory that all silos share, so that they outlive their silo; false
    /// for a cluster without grain storage.
    /// </summary>
    public bool KeepsDetachedConnections { get; set; } = true;

    /// <summary>How long a silo may take to answer a probe; after three in a row it counts as dead.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a call from a silo or an edge may take before its outcome counts as unknown, unless its contract says
    /// otherwise.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a start, or the others' agreement about it, may take before it is a <see cref="TimeoutException"/>.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What else each silo is to have; called last, once for each silo.</summary>
    public Action<ISiloBuilder>? ConfigureSilo { get; set; }

    /// <summary>Where silos and edges log to; null for nowhere.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; set; }
}
