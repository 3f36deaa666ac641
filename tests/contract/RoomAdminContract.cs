using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract;

/// <summary>What a server sees of rooms, and whom it moves into and out of them.</summary>
public abstract class RoomAdminContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Room_NeverUsed_IsNoneOrEmptyWhereItIsDurable()
    {
        RoomName room = NewRoom();

        RoomView view = await First.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");
        HistoryResult history = await First.Admin.ReadAsync(room, new HistoryQuery(null, false, 10)).WithinAsync("read");

        BackplaneStatus expected = Kind == ContractOptions.Durable ? BackplaneStatus.Ok : BackplaneStatus.NoSuchRoom;
        Assert.Equal((expected, expected), (view.Status, history.Status));
        Assert.Equal((0, 0), (view.Members.Count, history.Entries.Count));
    }

    [Fact]
    public async Task Room_WithMembersOfBothEdges_IsShownPageByPage()
    {
        RoomName room = NewRoom();
        TestConnection[] all = await OpenManyAsync(5);
        foreach (TestConnection member in all)
        {
            await member.JoinAsync(room, state: "{\"a\":1}");
        }

        Position head = await all[0].PublishAsync(room, "hello");

        List<PresenceMember> seen = [];
        string? after = null;
        RoomView view;
        do
        {
            view = await Second.Admin.InspectAsync(room, after, 2).WithinAsync("inspect");
            Assert.Equal((BackplaneStatus.Ok, 5, PresenceMode.Full, head), (view.Status, view.Count, view.Mode, view.Head));
            Assert.InRange(view.Members.Count, 1, 2);
            seen.AddRange(view.Members);
            after = view.Members[^1].Connection.Value;
        }
        while (view.More);

        Assert.Equal(
            all.Select(member => member.Id.Value).Order(StringComparer.Ordinal), seen.Select(member => member.Connection.Value));
        Assert.All(seen, member => Assert.Equal("{\"a\":1}", member.State.Text()));
    }

    [Fact]
    public async Task Room_WithoutPresence_ShowsItsMembersToTheServer()
    {
        RoomName room = NewRoom(ContractOptions.Off);
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        RoomView view = await Second.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");

        Assert.Equal((PresenceMode.Off, 1), (view.Mode, view.Count));
        Assert.Equal(member.Id, Assert.Single(view.Members).Connection);
    }

    [Fact]
    public async Task History_ReadByTheServer_IsThatOfTheMembers()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);
        await member.PublishAsync(room, "one");
        await Second.PublishAsync(room, Message.Reliable("two"));

        HistoryResult history = await Second.Admin.ReadAsync(room, new HistoryQuery(null, true, 1)).WithinAsync("read");
        HistoryResult unknown = await Second.Admin
            .ReadAsync(room, new HistoryQuery(new Position(new Epoch(1), 0), false, 1)).WithinAsync("read");

        Assert.Equal((BackplaneStatus.Ok, true), (history.Status, history.More));
        Assert.Equal(["two"], history.Entries.Texts());
        Assert.Equal(BackplaneStatus.PositionUnknown, unknown.Status);
    }

    [Fact]
    public async Task List_RoomsInUse_AreThereByNamePageByPage()
    {
        string mark = NewRoom().Value;
        RoomName[] rooms = [.. Enumerable.Range(0, 5).Select(i => new RoomName($"{mark}-{i}"))];
        TestConnection[] members = await OpenManyAsync(2);
        foreach (RoomName room in rooms)
        {
            await First.PublishAsync(room, Message.Reliable("begins it"));
        }

        await members[0].JoinAsync(rooms[1]);
        await members[1].JoinAsync(rooms[1]);

        List<RoomSummary> seen = [];
        RoomPage page;
        do
        {
            string? after = seen.Count == 0 ? null : seen[^1].Room.Value;
            page = await Second.Admin.ListRoomsAsync(new RoomQuery($"{mark}-*", after, 2)).WithinAsync("list rooms");
            Assert.Equal((BackplaneStatus.Ok, true), (page.Status, page.IsComplete));
            seen.AddRange(page.Rooms);
        }
        while (page.More);

        Assert.Equal(rooms, seen.Select(room => room.Room));
        Assert.Equal([0, 2, 0, 0, 0], seen.Select(room => room.Members));
    }

    [Fact]
    public async Task Join_ForAConnectionOfAnotherEdge_LetsItReceiveTheRoom()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());

        BackplaneStatus status = await Second.Admin
            .JoinAsync(connection.Id, room, presence: false, Message.Bytes("{\"by\":\"server\"}")).WithinAsync("join");
        BackplaneStatus again = await Second.Admin.JoinAsync(connection.Id, room, false, default).WithinAsync("join");
        await Second.PublishAsync(room, Message.Reliable("hello"));

        Assert.Equal((BackplaneStatus.Ok, BackplaneStatus.AlreadyJoined), (status, again));
        Assert.Equal(["hello"], await connection[room].ThroughAsync("hello"));
        RoomView view = await Second.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");
        Assert.Equal("{\"by\":\"server\"}", Assert.Single(view.Members).State.Text());
    }

    [Fact]
    public async Task Leave_ForAConnectionOfAnotherEdge_EndsTheMembership()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.JoinAsync(room);

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.LeaveAsync(connection.Id, room, "why").WithinAsync("leave"));
        Assert.Equal(BackplaneStatus.NotJoined, await Second.Admin.LeaveAsync(connection.Id, room, "why").WithinAsync("leave"));

        Assert.DoesNotContain(room, connection.Rooms);
        Assert.Equal(BackplaneStatus.NotJoined, (await connection.PublishAsync(room, Message.Reliable("x"))).Status);
    }

    [Fact]
    public async Task JoinAndLeave_InTheGracePeriod_HoldOnceItIsResumed()
    {
        RoomName left = NewRoom();
        RoomName joined = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.JoinAsync(left);
        await connection.DetachAsync();

        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.LeaveAsync(connection.Id, left, "why").WithinAsync("leave"));
        Assert.Equal(BackplaneStatus.Ok, await Second.Admin.JoinAsync(connection.Id, joined, false, default).WithinAsync("join"));
        TestConnection resumed = await connection.ResumeAsync(Second);
        await First.PublishAsync(joined, Message.Reliable("hello"));

        Assert.Equal([joined], resumed.Rooms);
        Assert.Equal(["hello"], await resumed[joined].ThroughAsync("hello"));
    }

    [Fact]
    public async Task JoinAndLeave_ForNobody_AreNoSuchConnection()
    {
        ConnectionId nobody = new("nobody-nobody-nobody-0");

        Assert.Equal(BackplaneStatus.NoSuchConnection, await First.Admin.JoinAsync(nobody, NewRoom(), false, default).WithinAsync("join"));
        Assert.Equal(BackplaneStatus.NoSuchConnection, await First.Admin.LeaveAsync(nobody, NewRoom(), "").WithinAsync("leave"));
    }
}
