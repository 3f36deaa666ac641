using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>Grains are told that an edge is gone when it has come back already, and has claimed what it holds.</summary>
public sealed class FalseAlarmTests : FaultTest
{
    private EdgeId Alive => Cluster.Edges[1].Node.Id;

    [Fact]
    public async Task Room_ToldOfAnEdgeThatIsThere_GoesOnDeliveringToIt()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection member = await JoinAsync(Second, room);

        await Cluster.GrainFactory.GetGrain<IRoomGrain>(room.Value).DetachEdgeAsync(Alive);
        await publisher.PublishAsync(room, "after");

        Assert.Equal(["after"], await member[room].ThroughAsync("after"));
    }

    [Fact]
    public async Task User_ToldOfAnEdgeThatIsThere_GoesOnDeliveringToIt()
    {
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());

        await Cluster.GrainFactory.GetGrain<IUserGrain>(receiver.User.Value).DetachEdgeAsync(Alive);
        await sender.SendAsync(receiver.User, Message.Reliable("after"));

        Assert.Equal(["after"], await receiver.UserFeed.ThroughAsync("after"));
    }

    [Fact]
    public async Task Connection_ToldOfAnEdgeThatIsThere_StaysAttachedToIt()
    {
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        long lastSeen = DateTimeOffset.UtcNow.Subtract(2 * Lease).ToUnixTimeMilliseconds();

        await Cluster.GrainFactory.GetGrain<IConnectionGrain>(receiver.Id.Value).DetachEdgeAsync(Alive, lastSeen);
        await sender.SendAsync(receiver.Id, Message.Reliable("after"));

        Assert.Equal(["after"], await receiver.OwnFeed.ThroughAsync("after"));
    }
}
