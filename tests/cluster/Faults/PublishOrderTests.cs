using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>What one connection publishes stays in its order, whatever becomes of the room.</summary>
public sealed class PublishOrderTests : FaultTest
{
    [Fact]
    public async Task DurableRoom_ItsSiloIsKilledWhileOnePublishes_HasEverythingInOrderAndOnce()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);

        IReadOnlyDictionary<int, Position> acknowledged = await PublishThroughADeathAsync(one, room);

        string[] all = [.. Enumerable.Range(1, acknowledged.Count).Select(PipelinedPublisher.TextOf)];
        foreach (TestConnection member in new[] { one, two })
        {
            Assert.Equal(all, await member[room].ThroughAsync(all[^1], "the last message"));
            Assert.Empty(member[room].Losses);
        }
    }

    [Fact]
    public async Task MemoryRoom_ItsSiloIsKilledWhileOnePublishes_HasEverythingInOrderInEachOfItsLives()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);

        IReadOnlyDictionary<int, Position> acknowledged = await PublishThroughADeathAsync(one, room);

        IGrouping<Epoch, Position>[] lives = [.. acknowledged.Values.GroupBy(position => position.Epoch)];
        Assert.True(lives.Length > 1);
        Assert.All(lives, life => Assert.Equal(life.Select(position => position.Offset).Order(), life.Select(position => position.Offset)));
        await two[room].ThroughAsync(PipelinedPublisher.TextOf(acknowledged.Count), "the last message");
    }

    [Fact]
    public async Task DurableRoom_ReadAnewAfterADeath_KnowsTheKeysOfBefore()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        Publication message = Message.Reliable("once", key: "once");
        PublishResult first = await one.PublishAsync(room, message);

        await Cluster.KillSiloAsync(await SiloOfAsync(room));
        PublishResult again = await Calls.UntilOkAsync(() => one.PublishAsync(room, message), "publish again");

        Assert.Equal((first.Position, true), (again.Position, again.Duplicate));
    }

    // In the order of the numbers.
    private async Task<IReadOnlyDictionary<int, Position>> PublishThroughADeathAsync(TestConnection connection, RoomName room)
    {
        using PipelinedPublisher publisher = new(connection, room);
        await publisher.ContinueAsync(100, "before the death");
        await Cluster.KillSiloAsync(await SiloOfAsync(room));
        await Cluster.WaitForSilosAsync();
        await publisher.ContinueAsync(100, "after the death");
        await publisher.StopAsync();
        Assert.Equal(Enumerable.Range(1, publisher.Acknowledged.Count), publisher.Acknowledged.Keys);
        return publisher.Acknowledged;
    }
}
