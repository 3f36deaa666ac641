using Switchboard.Contract.Harness;
using Switchboard.Testing;
using Switchboard.Testing.Storage;

namespace Switchboard.Cluster.Tests.Contract;

/// <summary>The backplane of a cluster: two silos, two edges, and durable rooms in memory.</summary>
public sealed class ClusterHarness : BackplaneHarness
{
    private SwitchboardCluster? _cluster;
    private TestEdge[] _edges = [];

    public override int EdgeCount => _edges.Length;

    public override bool HasStore => true;

    public override async Task InitializeAsync()
    {
        _cluster = await SwitchboardCluster.StartAsync(silos: 2, edges: 2, options =>
        {
            options.ServesClients = false;
            options.Grains.Rooms = ContractOptions.Rooms(hasStore: true);
            options.Grains.Connections = ContractOptions.Connections();
            options.Grains.UserFeed = ContractOptions.UserFeed();
            options.Store = new MemoryFeedStore();
        });
        _edges = [.. _cluster.Edges.Select(edge => new TestEdge(edge.Backplane, edge.Node.Admin))];
    }

    public override async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    protected override TestEdge EdgeAt(int index) => _edges[index];
}
