using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What an operator sees of the nodes.</summary>
public abstract class NodeAdminContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    private readonly BackplaneHarness _harness = harness;

    [Fact]
    public async Task Nodes_Listed_AreAllEdgesWithWhatTheySayOfThemselves()
    {
        RoomName room = NewRoom();
        await (await First.OpenAsync(NewUser())).JoinAsync(room);

        NodeList list = await ListAsync();

        NodeView[] edges = [.. list.Nodes.Where(node => node.Kind != NodeKind.Silo)];
        Assert.Equal((BackplaneStatus.Ok, _harness.EdgeCount), (list.Status, edges.Length));
        Assert.Equal(list.Nodes.Count, list.Nodes.DistinctBy(node => node.Node).Count());
        Assert.All(edges, edge =>
        {
            Assert.Equal(("http://here", "1.2.3", 1_700_000_000_000), (edge.Address, edge.Version, edge.Started));
            Assert.Equal(NodeState.Ready, edge.State);
            Assert.Equal((42L, 1L << 40), (edge.Figures!.Sent, edge.Figures.Memory));
            Assert.Equal((null, TimeSpan.FromMilliseconds(1500)), (edge.Figures.Lost, edge.Figures.Cpu));
        });
        Assert.True(edges.Sum(edge => edge.Figures!.Connections) >= 1);
        Assert.True(list.Nodes.Sum(node => node.Figures?.Rooms) >= 1);
    }

    [Fact]
    public async Task Connections_OfAnEdge_AreShownPageByPage()
    {
        TestConnection[] all = [await First.OpenAsync(NewUser()), await First.OpenAsync(NewUser())];
        NodeList list = await ListAsync();

        HashSet<NodeConnection> everywhere = [];
        foreach (NodeView edge in list.Nodes.Where(node => node.Kind != NodeKind.Silo))
        {
            // One that is resumed meanwhile may be seen on both.
            HashSet<NodeConnection> seen = [];
            string? after = null;
            ConnectionPage page;
            do
            {
                page = await Second.Admin.ListConnectionsAsync(edge.Node, after, 1).WithinAsync("connections");
                Assert.Equal(BackplaneStatus.Ok, page.Status);
                Assert.True(page.Connections.All(seen.Add));
                after = page.Connections.Count == 0 ? null : page.Connections[^1].Connection.Value;
            }
            while (page.More);
            everywhere.UnionWith(seen);
        }

        Assert.Superset(all.Select(one => new NodeConnection(one.Id, one.User)).ToHashSet(), everywhere);
    }

    [Fact]
    public async Task NodeThatIsNotThere_HasNoConnectionsAndIsNotDrained()
    {
        await ListAsync();

        ConnectionPage page = await First.Admin.ListConnectionsAsync("nobody~0", null, 10).WithinAsync("connections");
        BackplaneStatus drained = await First.Admin.DrainAsync("nobody~0").WithinAsync("drain");

        Assert.Equal((BackplaneStatus.NoSuchNode, BackplaneStatus.NoSuchNode), (page.Status, drained));
    }

    [Fact]
    public async Task Drain_OfAnEdge_ReachesThatOneUnlessItIsTheLast()
    {
        NodeList list = await ListAsync();
        NodeView edge = list.Nodes.First(node => node.Kind != NodeKind.Silo);
        int[] before = Drains();

        BackplaneStatus status = await Second.Admin.DrainAsync(edge.Node).WithinAsync("drain");

        bool isLast = _harness.EdgeCount == 1;
        Assert.Equal(!isLast, edge.CanDrain);
        Assert.Equal(isLast ? BackplaneStatus.LastNode : BackplaneStatus.Ok, status);
        Assert.Equal(isLast ? 0 : 1, Drains().Zip(before, (now, then) => now - then).Sum());
    }

    // The registry of edges may have come up a moment ago.
    private async Task<NodeList> ListAsync()
    {
        NodeList list;
        do
        {
            list = await First.Admin.ListNodesAsync().WithinAsync("nodes");
        }
        while (list is { Status: BackplaneStatus.Ok, IsComplete: false });

        return list;
    }

    private int[] Drains() => [.. Enumerable.Range(0, _harness.EdgeCount).Select(i => _harness.Edge(i).Drains)];
}
