using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>What an operator sees of a cluster in which nodes come and go.</summary>
public sealed class NodeListTests : FaultTest
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Silos_Listed_SayHowTheyAre()
    {
        RoomName room = NewRoom(durable: false);
        await JoinAsync(First, room);

        NodeList list = await UntilAsync(static list => list.Nodes.Count == 4, "two silos and two edges");

        NodeView[] silos = [.. list.Nodes.Where(static node => node.Kind == NodeKind.Silo)];
        Assert.Equal(
            Cluster.Silos.Select(static silo => (silo.Address.ToParsableString(), silo.Name)).Order(),
            silos.Select(static silo => (silo.Node, silo.Name)).Order());
        Assert.All(silos, static silo =>
        {
            Assert.Equal((NodeState.Ready, true), (silo.State, silo.CanDrain));
            Assert.True(silo.Started > 0 && silo.Version.Length > 0 && silo.Address.Length > 0, silo.ToString());
            Assert.True(silo.Figures is { Activations: > 0, Memory: > 0, Connections: null }, silo.ToString());
        });
        Assert.Equal(1, silos.Sum(static silo => silo.Figures!.Rooms));
        Assert.Equal(
            Cluster.Edges.Select(static edge => (edge.Node.Id.Value, edge.Name)),
            list.Nodes.Where(static node => node.Kind == NodeKind.Edge).Select(static edge => (edge.Node, edge.Name)));
    }

    [Fact]
    public async Task Edge_Killed_IsSilentUntilItsLeaseEnds()
    {
        await UntilAsync(static list => list.Nodes.Count == 4, "all nodes");

        await Cluster.KillEdgeAsync(1);

        NodeList list = await UntilAsync(
            static list => !list.Nodes.Any(static node => node is { Kind: NodeKind.Edge, State: NodeState.Ready, Name: "edge-1" }),
            "the edge is silent or gone");
        Assert.False(list.Nodes.First(static node => node.Kind == NodeKind.Edge).CanDrain);
        list = await UntilAsync(static list => list.Nodes.Count == 3, "the edge is gone");
        Assert.Equal(
            BackplaneStatus.LastNode, await First.Admin.DrainAsync(list.Nodes[0].Node).WithinAsync("drain the last edge"));
    }

    [Fact]
    public async Task Silo_Drained_IsToldToStopAndTheOtherNot()
    {
        NodeList list = await UntilAsync(static list => list.Nodes.Count == 4, "all nodes");
        NodeView silo = list.Nodes.Last(static node => node.Kind == NodeKind.Silo);
        int index = Cluster.Silos.ToList().FindIndex(one => one.Address.ToParsableString() == silo.Node);
        Task stopping = StoppingAsync(index);

        Assert.Equal(BackplaneStatus.Ok, await First.Admin.DrainAsync(silo.Node).WithinAsync("drain"));

        await stopping.WithinAsync("the silo is told");
        list = await UntilAsync(list => list.Nodes.Any(node => node.Node == silo.Node && node.State == NodeState.Draining), "shown");
        NodeView other = list.Nodes.Single(node => node.Kind == NodeKind.Silo && node.Node != silo.Node);
        Assert.Equal((NodeState.Ready, false), (other.State, other.CanDrain));
        Assert.Equal(BackplaneStatus.LastNode, await First.Admin.DrainAsync(other.Node).WithinAsync("drain the last silo"));
        Assert.Equal(BackplaneStatus.Ok, await First.Admin.DrainAsync(silo.Node).WithinAsync("drain again"));

        await Cluster.StopSiloAsync(index);
        await UntilAsync(list => !list.Nodes.Any(node => node.Node == silo.Node), "the silo is gone");
    }

    // What a program that has a silo ends by; in a test nobody waits for it.
    private async Task StoppingAsync(int silo)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Cluster.Silos[silo].Services
            .GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(told.SetResult);
        await told.Task;
    }

    private async Task<NodeList> UntilAsync(Func<NodeList, bool> isMet, string phase)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            NodeList list = await First.Admin.ListNodesAsync().WithinAsync(phase);
            if (list is { Status: BackplaneStatus.Ok, IsComplete: true } && isMet(list))
            {
                return list;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < Patience.Limit, $"{phase}: {string.Join('\n', list.Nodes)}");
            await Task.Delay(Look);
        }
    }
}
