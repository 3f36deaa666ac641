using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>Who is an edge of the cluster, and who is not.</summary>
public sealed class LeaseTests : FaultTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edge_FalselyTakenForDead_GoesOnWithoutALoss(bool durable)
    {
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        await one.PublishAsync(room, "before");
        await two[room].ThroughAsync("before");

        IDisposable silence = Cluster.Faults.Drop<IEdgeRegistryGrain>(1, seed: 1, from: Cluster.Edges[1]);
        await Cluster.WaitAsync(() => Rig.Log.Has("is taken for dead"), "the silos to give the edge up");
        await one.PublishAsync(room, "meanwhile");
        silence.Dispose();
        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[1]);
        await one.PublishAsync(room, "after");

        Assert.Equal(["before", "meanwhile", "after"], await two[room].ThroughAsync("after"));
        Assert.Empty(two[room].Losses);
        await two.PublishAsync(room, "I never left");
        await one[room].ThroughAsync("I never left");
        await one.PresenceAsync(room, view => view.Has(two.Id) && view.Count == 2, "presence");
        Assert.False(two.Disconnected.IsCompleted);
    }

    [Fact]
    public async Task Edge_OfANameThatIsTaken_IsRefused()
    {
        EdgeRefusedException refused = await Assert.ThrowsAsync<EdgeRefusedException>(
            () => Cluster.StartEdgeAsync(Cluster.Edges[0].Name));

        Assert.Contains(Cluster.Edges[0].Name, refused.Message, StringComparison.Ordinal);
        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[1]);
    }

    [Fact]
    public async Task Edge_OfTheNameOfOneThatWasKilled_StartsOnceItsLeaseHasEnded()
    {
        await Cluster.KillEdgeAsync(1);

        await Cluster.StartEdgeAsync(Cluster.Edges[1].Name);

        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[2]);
    }

    [Fact]
    public async Task Registration_OfAnotherContract_IsRefused()
    {
        RegisterAnswer answer = await Rig.Registry.RegisterAsync(new EdgeRegistration
        {
            Edge = new EdgeId("from-the-future~1"),
            Name = "from-the-future",
            ContractVersion = GrainInterfaces.Contract.Version + 1,
            Sinks = [],
        });

        Assert.Equal(
            (RegisterStatus.OtherContract, GrainInterfaces.Contract.Version), (answer.Status, answer.ContractVersion));
        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[1]);
    }
}
