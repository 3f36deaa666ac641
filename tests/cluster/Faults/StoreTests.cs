using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Testing.Storage;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>The store of durable rooms is away, or does not say what it did.</summary>
public sealed class StoreTests : FaultTest
{
    [Fact]
    public async Task Store_Away_DurableRoomsAreUnavailableAndMemoryRoomsDoNotNotice()
    {
        RoomName durable = NewRoom(durable: true);
        RoomName memory = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, durable, memory);
        TestConnection two = await JoinAsync(Second, durable, memory);
        Publication message = Message.Reliable("once", key: "once");

        Rig.Store.IsUnavailable = true;
        PublishResult away = await one.PublishAsync(durable, message);
        JoinResult noJoin = await two.TryJoinAsync(NewRoom(durable: true));
        await one.PublishAsync(memory, "as ever");
        await two[memory].ThroughAsync("as ever");
        Rig.Store.IsUnavailable = false;
        PublishResult back = await one.PublishAsync(durable, message);
        await two.PublishAsync(durable, "last");

        Assert.Equal(BackplaneStatus.Unavailable, away.Status);
        Assert.Equal(BackplaneStatus.Unavailable, noJoin.Status);
        Assert.Equal((BackplaneStatus.Ok, false), (back.Status, back.Duplicate));
        foreach (TestConnection member in new[] { one, two })
        {
            Assert.Equal(["once", "last"], await member[durable].ThroughAsync("last"));
            Assert.Empty(member[durable].Losses);
        }
    }

    [Fact]
    public async Task Commit_OfUnknownOutcome_IsDeliveredOnceAndItsRetryIsADuplicate()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        Publication message = Message.Reliable("once", key: "once");

        Rig.Store.FailNext(StoreFault.Unanswered);
        PublishResult unknown = await one.PublishAsync(room, message);
        PublishResult retry = await one.PublishAsync(room, message);
        Position last = await two.PublishAsync(room, "last");

        Assert.Equal(BackplaneStatus.Unavailable, unknown.Status);
        Assert.Equal((BackplaneStatus.Ok, true, 1L), (retry.Status, retry.Duplicate, retry.Position.Offset));
        Assert.Equal(2, last.Offset);
        foreach (TestConnection member in new[] { one, two })
        {
            Assert.Equal(["once", "last"], await member[room].ThroughAsync("last"));
        }
    }

    [Fact]
    public async Task Commit_LostOrRefused_IsDoneByTheRetry()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        foreach (StoreFault fault in new[] { StoreFault.Lost, StoreFault.Conflict })
        {
            Publication message = Message.Reliable($"{fault}", key: $"{fault}");
            Rig.Store.FailNext(fault);
            PublishResult failed = await one.PublishAsync(room, message);
            PublishResult retry = await one.PublishAsync(room, message);

            Assert.Equal(BackplaneStatus.Unavailable, failed.Status);
            Assert.Equal((BackplaneStatus.Ok, false), (retry.Status, retry.Duplicate));
        }

        Assert.Equal(["Lost", "Conflict"], await two[room].ThroughAsync("Conflict"));
        Assert.Empty(two[room].Losses);
    }

    [Fact]
    public async Task Commits_GoingWrongUnderLoad_LoseAndDoubleNothing()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        using var publisher = new Publisher(one, room);
        using var other = new Publisher(two, room);
        Rig.Store.Delay = TimeSpan.FromMilliseconds(2);
        foreach (StoreFault fault in new[] { StoreFault.Unanswered, StoreFault.Lost, StoreFault.Conflict })
        {
            Rig.Store.FailNext(fault, count: 3);
            await publisher.ContinueAsync(10, $"with {fault}");
            await other.ContinueAsync(10, $"with {fault}, from the other edge");
        }

        await Task.WhenAll(publisher.StopAsync(), other.StopAsync());
        Assert.Equal(0, Rig.Store.FaultsLeft);
        await Received.ExactlyAsync(one[room], publisher, other);
        await Received.ExactlyAsync(two[room], publisher, other);
    }

    [Fact]
    public async Task Feed_BegunAnewInTheStore_IsToldAsALossToAll()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        Position before = await one.PublishAsync(room, "before");
        await two[room].ThroughAsync("before");

        Rig.Store.Forget(FeedId.Of(room));
        PublishResult after = await Calls.UntilOkAsync(
            () => one.PublishAsync(room, Message.Reliable("after", key: "after")), "publish");

        Assert.NotEqual(before.Epoch, after.Position.Epoch);
        foreach (TestConnection member in new[] { one, two })
        {
            Assert.Equal(["before", "after"], await member[room].ThroughAsync("after"));
            Assert.Equal([after.Position.Epoch], member[room].Losses.Select(loss => loss.Epoch));
        }
    }
}
