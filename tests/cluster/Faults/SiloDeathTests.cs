using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A silo is killed, and nobody is told.</summary>
public sealed class SiloDeathTests : FaultTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DurableRoom_ASiloIsKilledWhilePublishing_NothingAcknowledgedIsLost(bool isTheRoomsOwn)
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        using var publisher = new Publisher(one, room);
        using var other = new Publisher(two, room);
        await publisher.ContinueAsync(10, "before the death");
        int victim = await SiloOfAsync(room);

        await Cluster.KillSiloAsync(isTheRoomsOwn ? victim : 1 - victim);
        await Cluster.WaitForSilosAsync();
        await publisher.ContinueAsync(10, "after the death");
        await other.ContinueAsync(10, "after the death, from the other edge");
        await Task.WhenAll(publisher.StopAsync(), other.StopAsync());

        await Received.ExactlyAsync(one[room], publisher, other);
        await Received.ExactlyAsync(two[room], publisher, other);
    }

    [Fact]
    public async Task MemoryRoom_ItsSiloIsKilled_ComesBackWithAToldLossAndAllMembers()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection[] members =
        [
            await JoinAsync(First, room), await JoinAsync(Second, room), await JoinAsync(First, room),
        ];
        Position before = await members[0].PublishAsync(room, "before");
        await Task.WhenAll(members.Select(member => member[room].ThroughAsync("before")));

        await Cluster.KillSiloAsync(await SiloOfAsync(room));
        await Cluster.WaitAsync(
            () => members.All(member => member[room].Losses.Length > 0), "every member to be told of the loss");
        Position after = await members[0].PublishAsync(room, "after");

        Assert.NotEqual(before.Epoch, after.Epoch);
        foreach (TestConnection member in members)
        {
            Assert.Equal(["before", "after"], await member[room].ThroughAsync("after"));
            Assert.Equal([after.Epoch], member[room].Losses.Select(loss => loss.Epoch));
            await member.PresenceAsync(
                room, view => members.All(other => view.Has(other.Id)) && view.Count == 3, "complete presence");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Connections_ASiloIsKilled_AreStillReachedByTheirIdsAndUsers(int victim)
    {
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection[] receivers = [await First.OpenAsync(NewUser()), await Second.OpenAsync(NewUser())];

        await Cluster.KillSiloAsync(victim);
        await Cluster.WaitForSilosAsync();

        foreach (TestConnection receiver in receivers)
        {
            Publication direct = Message.Reliable("to you", key: "direct");
            Publication toUser = Message.Reliable("to all of you", key: "user");
            await Calls.UntilOkAsync(() => sender.SendAsync(receiver.Id, direct), "send to the connection");
            await Calls.UntilOkAsync(() => sender.SendAsync(receiver.User, toUser), "send to the user");
            await receiver.OwnFeed.ThroughAsync("to you");
            await receiver.UserFeed.ThroughAsync("to all of you");
            Assert.False(receiver.Disconnected.IsCompleted);
        }
    }

    [Fact]
    public async Task DetachedConnection_ItsSiloIsKilled_Resumes()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection detached = await JoinAsync(Second, room);
        int silo = (await Cluster.FindSiloAsync(detached.Id))!.Value;
        await detached.DetachAsync();

        await Cluster.KillSiloAsync(silo);
        await Cluster.WaitForSilosAsync();
        await Calls.UntilOkAsync(() => publisher.PublishAsync(room, Message.Reliable("missed", key: "missed")), "publish");
        TestConnection resumed = await detached.ResumeAsync(First);
        await publisher.PublishAsync(room, "live");

        Assert.Equal(["missed", "live"], await resumed[room].ThroughAsync("live"));
        await publisher.PresenceAsync(room, view => view.Has(resumed.Id) && view.Count == 2, "presence");
    }

    [Fact]
    public async Task Registry_ItsSiloIsKilled_NobodyIsTakenForDead()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        int silo = (await Cluster.FindSiloAsync(Rig.Registry))!.Value;

        await Cluster.KillSiloAsync(silo);
        await Cluster.WaitForSilosAsync();
        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[1]);
        await Calls.UntilOkAsync(() => one.PublishAsync(room, Message.Reliable("still here", key: "1")), "publish");

        await two[room].ThroughAsync("still here");
        await two.PresenceAsync(room, view => view.Has(one.Id) && view.Has(two.Id) && view.Count == 2, "presence");
        Assert.False(Rig.Log.Has("is taken for dead"));
        Assert.False(one.Disconnected.IsCompleted || two.Disconnected.IsCompleted);
    }
}
