using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A silo is stopped as an operator does, and what was on it goes on elsewhere.</summary>
public sealed class SiloStopTests : FaultTest
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(0.5);

    // With the above, less than the time-out of an answer.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task MemoryRoom_ItsSiloIsStoppedWhilePublishing_LosesNothing()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        using var publisher = new Publisher(one, room);
        using var other = new Publisher(two, room);
        await publisher.ContinueAsync(10, "before the stop");
        int silo = await SiloOfAsync(room);

        await Cluster.StopSiloAsync(silo);
        await Cluster.WaitForSilosAsync();
        await publisher.ContinueAsync(10, "after the stop");
        await other.ContinueAsync(10, "after the stop, from the other edge");
        await Task.WhenAll(publisher.StopAsync(), other.StopAsync());

        await Received.ExactlyAsync(one[room], publisher, other);
        await Received.ExactlyAsync(two[room], publisher, other);
        Assert.NotEqual(silo, await SiloOfAsync(room));
    }

    [Fact]
    public async Task Publish_UnderWayByTheSiloThatIsStopped_IsAnswered()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        using var publisher = new Publisher(one, room);
        await publisher.ContinueAsync(10, "before the stop");

        // What comes by the room's old silo is passed on from there.
        HeldCalls passedOn = Rig.Gate.Hold<IRoomGrain>(nameof(IRoomGrain.PublishAsync));
        Task stop = Cluster.StopSiloAsync(await SiloOfAsync(room));
        await passedOn.Arrived.WithinAsync("a message that is passed on");
        await Task.WhenAny(stop, Task.Delay(NotYet));
        await passedOn.LetGoAsync().WithinAsync("passing it on");
        await publisher.ContinueAsync(1, "after the stop").WaitAsync(Soon);

        await stop.WithinAsync("the stop");
        await publisher.StopAsync();
        await Received.ExactlyAsync(one[room], publisher);
    }

    [Fact]
    public async Task MemoryRoom_ItsSiloIsStopped_KeepsHistoryAndKeys()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        Publication message = Message.Reliable("once", key: "once");
        await one.PublishAsync(room, "first");
        PublishResult published = await one.PublishAsync(room, message);

        await Cluster.StopSiloAsync(await SiloOfAsync(room));
        await Cluster.WaitForSilosAsync();

        HistoryResult history = await one.ReadAsync(FeedId.Of(room));
        Assert.Equal((BackplaneStatus.Ok, published.Position), (history.Status, history.Head));
        Assert.Equal(["first", "once"], history.Entries.Texts());
        Assert.Equal(published with { Duplicate = true }, await one.PublishAsync(room, message));
    }

    [Fact]
    public async Task UsersAndConnections_TheirSiloIsStopped_KeepTheirFeeds()
    {
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection[] receivers = [await First.OpenAsync(NewUser()), await Second.OpenAsync(NewUser())];
        foreach (TestConnection receiver in receivers)
        {
            await sender.SendAsync(receiver.Id, Message.Reliable("before"));
            await sender.SendAsync(receiver.User, Message.Reliable("before"));
        }

        await Cluster.StopSiloAsync((await Cluster.FindSiloAsync(receivers[1].Id))!.Value);
        await Cluster.WaitForSilosAsync();

        foreach (TestConnection receiver in receivers)
        {
            await Calls.UntilOkAsync(() => sender.SendAsync(receiver.Id, Message.Reliable("after", key: "1")), "send");
            await Calls.UntilOkAsync(() => sender.SendAsync(receiver.User, Message.Reliable("after", key: "2")), "send");
            foreach (FeedReceiver feed in new[] { receiver.OwnFeed, receiver.UserFeed })
            {
                Assert.Equal(["before", "after"], await feed.ThroughAsync("after"));
                Assert.Equal([1L, 2L], feed.Entries.Offsets());
                Assert.Empty(feed.Losses);
            }
        }
    }

    [Fact]
    public async Task AllSilos_AreStoppedTogether_HandNothingToEachOther()
    {
        RoomName room = NewRoom(durable: false);
        await JoinAsync(First, room);
        await JoinAsync(Second, room);

        await Task.WhenAll(Cluster.StopSiloAsync(0), Cluster.StopSiloAsync(1)).WithinAsync("the stop of all silos");
    }

    [Fact]
    public async Task WhatHasEnded_ItsSiloIsStopped_IsOnNoOtherOne()
    {
        TestConnection first = await First.OpenAsync(NewUser());
        TestConnection ended = await first.ResumeAsync(Second);
        await ended.CloseAsync();
        int silo = (await Cluster.FindSiloAsync(ended.Id))!.Value;

        await Cluster.StopSiloAsync(silo);
        await Cluster.WaitForSilosAsync();

        await GoneAsync(Cluster.GrainFactory.GetGrain<IConnectionGrain>(ended.Id.Value));
    }

    [Fact]
    public async Task WhatIsCalledToMoveAfterItsEnd_IsOnNoSiloSoonAfter()
    {
        IAddressable[] grains =
        [
            Cluster.GrainFactory.GetGrain<IConnectionGrain>("ended"),
            Cluster.GrainFactory.GetGrain<IUserGrain>("ended"),
            Cluster.GrainFactory.GetGrain<IRoomGrain>("ended"),
        ];
        foreach (IAddressable grain in grains)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, Cluster.Silos[1].Address);
            await grain.AsReference<IGrainManagementExtension>().MigrateOnIdle();
            RequestContext.Clear();
        }

        await GoneAsync(grains);
    }

    [Fact]
    public async Task Registry_ItsSiloIsStopped_NobodyIsTakenForDead()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);

        await Cluster.StopSiloAsync((await Cluster.FindSiloAsync(Rig.Registry))!.Value);
        await Cluster.WaitForSilosAsync();
        await Rig.RegistryHasAsync(Cluster.Edges[0], Cluster.Edges[1]);
        await one.PublishAsync(room, "still here");

        await two[room].ThroughAsync("still here");
        Assert.Empty(two[room].Losses);
        Assert.False(Rig.Log.Has("is taken for dead"));
        Assert.False(one.Disconnected.IsCompleted || two.Disconnected.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Room_AllSilosAreRestartedInTurn_LosesNothing(bool durable)
    {
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);
        using var publisher = new Publisher(one, room);
        using var other = new Publisher(two, room);

        for (int i = 0; i < Cluster.Silos.Count; i++)
        {
            await publisher.ContinueAsync(5, $"before the restart of silo {i}");
            await Cluster.RestartSiloAsync(i);
            await other.ContinueAsync(5, $"after the restart of silo {i}");
        }

        await Task.WhenAll(publisher.StopAsync(), other.StopAsync());
        await Received.ExactlyAsync(one[room], publisher, other);
        await Received.ExactlyAsync(two[room], publisher, other);
        await one.PresenceAsync(room, view => view.Has(one.Id) && view.Has(two.Id) && view.Count == 2, "presence");
    }

    private async Task GoneAsync(params IEnumerable<IAddressable> grains)
    {
        HashSet<GrainId> ended = [.. grains.Select(static grain => grain.GetGrainId())];
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // The silos themselves: a directory may remember what is gone.
            DetailedGrainStatistic[] all = await Cluster.GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
            GrainId[] left = [.. all.Select(static one => one.GrainId).Where(ended.Contains)];
            if (left.Length == 0)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.Limit, $"there are still {string.Join(", ", left)}");
            await Task.Delay(Look);
        }
    }
}
