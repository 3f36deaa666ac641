using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Switchboard.Contract.Harness;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Testing;
using Switchboard.Testing.Storage;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>A cluster with edges that write down what they receive, a store, and an ear on the log.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    public const string Durable = "durable";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<TestEdge> _edges = [];

    private FaultRig(
        SwitchboardCluster cluster, MemoryFeedStore store, CallGate gate, ManifestGate manifests, LogWatch log, bool attach)
    {
        Cluster = cluster;
        Store = store;
        Gate = gate;
        Manifests = manifests;
        Log = log;
        if (attach)
        {
            _edges.AddRange(cluster.Edges.Select(edge => new TestEdge(edge.Backplane, edge.Node.Admin)));
        }
    }

    public SwitchboardCluster Cluster { get; }

    public IReadOnlyList<TestEdge> Edges => _edges;

    public MemoryFeedStore Store { get; }

    /// <summary>Through which all calls of the silos go.</summary>
    public CallGate Gate { get; }

    /// <summary>Through which silos hear of each other's grains.</summary>
    public ManifestGate Manifests { get; }

    public LogWatch Log { get; }

    /// <param name="attach">Whether the edges write down what they receive; else they are for gateways.</param>
    public static async Task<FaultRig> StartAsync(int silos, int edges, TimeSpan grace, TimeSpan lease, bool attach = true)
    {
        var store = new MemoryFeedStore();
        var gate = new CallGate();
        var manifests = new ManifestGate();
        var log = new LogWatch();
        SwitchboardCluster cluster = await SwitchboardCluster.StartAsync(silos, edges, options =>
        {
            options.ServesClients = false;
            options.Grains.EdgeLease = lease;
            options.Grains.Connections.Grace = grace;

            // A room that comes up anew is read by one edge before the other, and publishers here know no pause while one waits for
            // its call to time out.
            FeedOptions history = new() { MaxCount = 100_000, MaxKeys = 100_000 };
            options.Grains.Rooms.Default.Feed.MaxKeys = history.MaxKeys;
            options.Grains.Rooms.Kinds.Add(
                new RoomKind { Pattern = $"{Durable}:*", Options = new RoomOptions { Durable = true, Feed = history } });
            options.Store = store;
            options.ConfigureSilo = silo => manifests.Guard(silo.AddOutgoingGrainCallFilter(gate).Services);

            // So that a call with all its tries ends within the patience of a test.
            options.ResponseTimeout = TimeSpan.FromSeconds(2);
            options.ConfigureLogging = logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information);
        });
        return new FaultRig(cluster, store, gate, manifests, log, attach);
    }

    /// <summary>The registry of edges.</summary>
    public IEdgeRegistryGrain Registry =>
        Cluster.Edges.First(edge => edge.IsRunning).Client.GetGrain<IEdgeRegistryGrain>(0);

    /// <summary>Waits until the registry lists exactly these edges, and knows of no others.</summary>
    public async Task RegistryHasAsync(params ClusterEdge[] edges)
    {
        long began = TimeProvider.System.GetTimestamp();
        HashSet<EdgeId> expected = [.. edges.Select(edge => edge.Node.Id)];
        while (true)
        {
            EdgeList list = await Registry.ListAsync();
            if (list.IsComplete && expected.SetEquals(list.Edges.Select(listed => listed.Edge)))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException($"the registry lists {list.Edges.Length} edges, not these {edges.Length}");
            }

            await Task.Delay(Look);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Log.Dispose();
    }
}
