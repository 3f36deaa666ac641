using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>Who is let into a room, and where it begins to receive.</summary>
public abstract class MembershipContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Join_RoomWithAHistory_BeginsAtItsHead()
    {
        RoomName room = NewRoom();
        Position head = (await First.PublishAsync(room, Message.Reliable("before"))).Position;
        TestConnection connection = await Second.OpenAsync(NewUser());

        FeedReceiver feed = await connection.JoinAsync(room);
        await First.PublishAsync(room, Message.Reliable("after"));

        Assert.Equal((head, RecoveryOutcome.NotAsked), (feed.Start.Head, feed.Start.Outcome));
        Assert.Empty(feed.Start.Missed);
        Assert.Equal(["after"], await feed.ThroughAsync("after"));
    }

    [Fact]
    public async Task Join_Twice_IsAlreadyJoinedAndReceivesOnce()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        FeedReceiver feed = await connection.JoinAsync(room);

        Assert.Equal(BackplaneStatus.AlreadyJoined, (await connection.TryJoinAsync(room)).Status);

        await Second.PublishAsync(room, Message.Reliable("once"));
        await Second.PublishAsync(room, Message.Reliable("marker"));
        Assert.Equal(["once", "marker"], await feed.ThroughAsync("marker"));
    }

    [Fact]
    public async Task Join_TwiceAtOnce_SucceedsOnce()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());

        JoinResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ =>
                First.Backplane.JoinAsync(connection.Id, room, default).WithinAsync("join")));

        Assert.Equal(
            [BackplaneStatus.Ok, .. Enumerable.Repeat(BackplaneStatus.AlreadyJoined, 3)],
            results.Select(result => result.Status).Order());
        Assert.Equal(BackplaneStatus.Ok, await connection.LeaveAsync(room));
        Assert.Equal(BackplaneStatus.NotJoined, await connection.LeaveAsync(room));
    }

    [Fact]
    public async Task Join_MoreRoomsThanAllowed_IsTooManyRoomsUntilOneIsLeft()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        RoomName[] rooms = [.. Enumerable.Range(0, ContractOptions.MaxRooms + 1).Select(_ => NewRoom())];
        foreach (RoomName room in rooms[..^1])
        {
            await connection.JoinAsync(room);
        }

        Assert.Equal(BackplaneStatus.TooManyRooms, (await connection.TryJoinAsync(rooms[^1])).Status);
        Assert.Equal(
            BackplaneStatus.NotJoined, (await connection.PublishAsync(rooms[^1], Message.Reliable("x"))).Status);
        Assert.Equal(BackplaneStatus.AlreadyJoined, (await connection.TryJoinAsync(rooms[0])).Status);
        Assert.Equal(BackplaneStatus.Ok, await connection.LeaveAsync(rooms[0]));
        await connection.JoinAsync(rooms[^1]);
    }

    [Fact]
    public async Task Join_ManyRooms_EachIsAFeedOfItsOwn()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        RoomName[] rooms = [.. Enumerable.Range(0, ContractOptions.MaxRooms).Select(_ => NewRoom())];
        await Task.WhenAll(rooms.Select(room => connection.JoinAsync(room)));

        await Task.WhenAll(rooms.Select(room => Second.PublishAsync(room, Message.Reliable($"to {room}"))));

        foreach (RoomName room in rooms)
        {
            FeedEntry entry = await connection[room].NextAsync("message");
            Assert.Equal(($"to {room}", 1L), (entry.Text(), entry.Offset));
        }
    }

    [Fact]
    public async Task Join_FullRoom_IsRoomFullUntilSomebodyLeaves()
    {
        RoomName room = NewRoom(ContractOptions.Full);
        TestConnection[] all = await OpenManyAsync(ContractOptions.FullMembers + 1);
        foreach (TestConnection member in all[..^1])
        {
            await member.JoinAsync(room);
        }

        Assert.Equal(BackplaneStatus.RoomFull, (await all[^1].TryJoinAsync(room)).Status);
        Assert.Equal(BackplaneStatus.NotJoined, await all[^1].LeaveAsync(room));
        Assert.Equal(BackplaneStatus.Ok, await all[0].LeaveAsync(room));
        await all[^1].JoinAsync(room);
    }

    [Fact]
    public async Task Join_ManyAtOnce_TakesAsManyAsFit()
    {
        RoomName room = NewRoom(ContractOptions.Full);
        TestConnection[] all = await OpenManyAsync(10);

        JoinResult[] results = await Task.WhenAll(all.Select(connection => connection.TryJoinAsync(room)));

        Assert.Equal(ContractOptions.FullMembers, results.Count(result => result.Status == BackplaneStatus.Ok));
        Assert.Equal(
            all.Length - ContractOptions.FullMembers,
            results.Count(result => result.Status == BackplaneStatus.RoomFull));
    }

    [Fact]
    public async Task Join_StateTooLarge_IsRefusedWithoutATrace()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        string largest = new('s', ContractOptions.MaxStateBytes);

        Assert.Equal(BackplaneStatus.StateTooLarge, (await connection.TryJoinAsync(room, state: largest + "s")).Status);
        Assert.Equal(BackplaneStatus.NotJoined, await connection.LeaveAsync(room));
        Assert.Equal(BackplaneStatus.Ok, (await connection.TryJoinAsync(room, state: largest)).Status);
    }

    [Fact]
    public async Task Leave_Member_IsOutAndMayComeBack()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        Position start = (await connection.JoinAsync(room)).Start.Head;

        Assert.Equal(BackplaneStatus.Ok, await connection.LeaveAsync(room));
        Assert.Equal(BackplaneStatus.NotJoined, await connection.LeaveAsync(room));
        await Second.PublishAsync(room, Message.Reliable("missed"));
        FeedReceiver feed = await connection.JoinAsync(room, start);
        await Second.PublishAsync(room, Message.Reliable("live"));

        Assert.Equal(["missed", "live"], await feed.ThroughAsync("live"));
    }

    [Fact]
    public async Task Leave_OneOfTwoOnAnEdge_TheOtherStillReceives()
    {
        RoomName room = NewRoom();
        TestConnection leaver = await First.OpenAsync(NewUser());
        TestConnection other = await First.OpenAsync(NewUser());
        await leaver.JoinAsync(room);
        await other.JoinAsync(room);
        await leaver.LeaveAsync(room);

        await Second.PublishAsync(room, Message.Reliable("after"));

        Assert.Equal(["after"], await other[room].ThroughAsync("after"));
    }

    [Fact]
    public async Task NotMember_EveryCall_IsNotJoined()
    {
        RoomName room = NewRoom();
        TestConnection member = await Second.OpenAsync(NewUser());
        TestConnection stranger = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        foreach (RoomName one in new[] { room, NewRoom() })
        {
            Assert.Equal(BackplaneStatus.NotJoined, await stranger.LeaveAsync(one));
            Assert.Equal(BackplaneStatus.NotJoined, await stranger.SetStateAsync(one, "{}"));
            Assert.Equal(BackplaneStatus.NotJoined, (await stranger.PresenceAsync(one)).Status);
            Assert.Equal(BackplaneStatus.NotJoined, (await stranger.ReadAsync(FeedId.Of(one))).Status);
            Assert.Equal(BackplaneStatus.NotJoined, (await stranger.PublishAsync(one, Message.Reliable("x"))).Status);
            Assert.Equal(
                BackplaneStatus.NotJoined,
                (await First.Backplane.RejoinAsync(stranger.Id, one, null).WithinAsync("rejoin")).Status);
        }
    }

    [Fact]
    public async Task Rejoin_StillReceiving_ReceivesEachMessageOnce()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        Position start = (await connection.JoinAsync(room)).Start.Head;
        await Second.PublishAsync(room, Message.Reliable("before"));

        FeedReceiver feed = await connection.RejoinAsync(room, start);
        await Second.PublishAsync(room, Message.Reliable("after"));
        await Second.PublishAsync(room, Message.Reliable("marker"));

        Assert.Equal(["before", "after", "marker"], await feed.ThroughAsync("marker"));
    }

    [Fact]
    public async Task Join_WhileOthersPublish_MissesNothingBehindItsHead()
    {
        const int Count = 60;
        RoomName room = NewRoom();
        TestConnection publisher = await First.OpenAsync(NewUser());
        FeedReceiver all = await publisher.JoinAsync(room);
        TestConnection[] joiners = await OpenManyAsync(12);

        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
            {
                await publisher.PublishAsync(room, $"{i}");
            }
        });
        for (int i = 0; i < joiners.Length; i++)
        {
            await all.CountAsync(i * Count / 16, $"before join {i}");
            await joiners[i].JoinAsync(room);
        }

        await publishing.WithinAsync("publishing");
        await publisher.PublishAsync(room, "end");
        string[] everything = await all.ThroughAsync("end");
        foreach (TestConnection joiner in joiners)
        {
            FeedReceiver feed = joiner[room];
            Assert.Equal(everything[(int)feed.Start.Head.Offset..], await feed.ThroughAsync("end"));
        }
    }
}
