using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>Calls are lost on the way there or back, or overtake each other.</summary>
public sealed class DeliveryTests : FaultTest
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Deliveries_DroppedAndDelayed_ReachEverybodyOnceInOrder(bool durable, int seed)
    {
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        Cluster.Faults.Drop<IEdgeSink>(0.2, seed);
        Cluster.Faults.Delay<IEdgeSink>(LongestDelay, seed);

        await PublishAndCompareAsync(one, two, room, drops: 20);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 4)]
    public async Task Publishes_DroppedAndDelayed_AreDoneOnce(bool durable, int seed)
    {
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        Cluster.Faults.Drop<IRoomGrain>(0.2, seed);
        Cluster.Faults.Drop<ISiloInbox>(0.2, seed);
        Cluster.Faults.Delay<IRoomGrain>(LongestDelay, seed);
        Cluster.Faults.Delay<ISiloInbox>(LongestDelay, seed);

        await PublishAndCompareAsync(one, two, room, drops: 20);
    }

    [Fact]
    public async Task Leave_CallsToTheRoomAreDropped_IsSeenByTheOthers()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection watcher = await JoinAsync(First, room);
        TestConnection leaver = await JoinAsync(Second, room);
        await watcher.PresenceAsync(room, view => view.Count == 2, "both members");
        IDisposable faults = Cluster.Faults.Drop<IRoomGrain>(1, seed: 5, nameof(IRoomGrain.LeaveAsync));

        await leaver.CloseAsync();
        await Cluster.WaitAsync(() => Cluster.Faults.DroppedCount > 0, "a dropped call");
        faults.Dispose();

        await watcher.PresenceAsync(room, view => view.Count == 1, "the leave");
    }

    [Fact]
    public async Task Detach_CallsToTheConnectionAreDropped_StillLetsItResume()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection lost = await JoinAsync(Second, room);
        IDisposable faults = Cluster.Faults.Drop<IConnectionGrain>(1, seed: 6, nameof(IConnectionGrain.DetachAsync));

        await lost.DetachAsync();
        await Cluster.WaitAsync(() => Cluster.Faults.DroppedCount > 0, "a dropped call");
        await publisher.PublishAsync(room, "missed");
        TestConnection resumed = await lost.ResumeAsync(First);
        faults.Dispose();
        await publisher.PublishAsync(room, "live");

        Assert.Equal(["missed", "live"], await resumed[room].ThroughAsync("live"));
    }

    private async Task PublishAndCompareAsync(TestConnection one, TestConnection two, RoomName room, int drops)
    {
        using var publisher = new Publisher(one, room);
        using var other = new Publisher(two, room);
        while (Cluster.Faults.DroppedCount < drops)
        {
            await publisher.ContinueAsync(10, "with faults");
        }

        await Task.WhenAll(publisher.StopAsync(), other.StopAsync());
        Assert.True(Cluster.Faults.DelayedCount > drops);
        Cluster.Faults.Clear();
        await Received.ExactlyAsync(one[room], publisher, other);
        await Received.ExactlyAsync(two[room], publisher, other);
    }
}
