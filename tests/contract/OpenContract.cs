using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>How a connection begins, and how it ends when it is told to.</summary>
public abstract class OpenContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Open_NewConnection_HasItsTokenAndPositions()
    {
        OpenResult opened = await First.Backplane.OpenAsync(NewUser()).WithinAsync("open");

        Assert.Equal((BackplaneStatus.Ok, 1L), (opened.Status, opened.Attachment));
        Assert.True(ResumeToken.TryGetConnection(opened.Token, out ConnectionId named));
        Assert.Equal(opened.Connection, named);
        Assert.Equal((0L, 0L), (opened.User.Offset, opened.Own.Offset));
        Assert.NotEqual(opened.User.Epoch, opened.Own.Epoch);
    }

    [Fact]
    public async Task Open_SameUserAgain_SharesTheUsersFeedOnly()
    {
        UserName user = NewUser();
        OpenResult one = await First.Backplane.OpenAsync(user).WithinAsync("open one");
        OpenResult two = await Second.Backplane.OpenAsync(user).WithinAsync("open two");

        Assert.Equal(one.User, two.User);
        Assert.NotEqual(one.Connection, two.Connection);
        Assert.NotEqual(one.Token, two.Token);
        Assert.NotEqual(one.Own.Epoch, two.Own.Epoch);
    }

    [Fact]
    public async Task Open_UserWithHistory_BeginsAtItsHead()
    {
        UserName user = NewUser();
        TestConnection one = await First.OpenAsync(user);
        await First.SendAsync(user, Message.Reliable("before"));
        Position head = (await Second.SendAsync(user, Message.Reliable("before, too"))).Position;

        TestConnection two = await Second.OpenAsync(user);
        await First.SendAsync(user, Message.Reliable("after"));

        Assert.Equal(head, two.UserFeed.Start.Head);
        Assert.Equal(["after"], await two.UserFeed.ThroughAsync("after"));
        Assert.Equal(["before", "before, too", "after"], await one.UserFeed.ThroughAsync("after"));
    }

    [Fact]
    public async Task Close_Member_LeavesItsRoomsAtOnce()
    {
        RoomName room = NewRoom();
        RoomName other = NewRoom();
        TestConnection watcher = await First.OpenAsync(NewUser());
        TestConnection leaver = await Second.OpenAsync(NewUser());
        foreach (RoomName joined in new[] { room, other })
        {
            await watcher.JoinAsync(joined, presence: true);
            await leaver.JoinAsync(joined);
            await watcher.PresenceAsync(joined, view => view.Has(leaver.Id), "the join");
        }

        await leaver.CloseAsync();

        await watcher.PresenceAsync(room, view => !view.Has(leaver.Id) && view.Count == 1, "the leave");
        await watcher.PresenceAsync(other, view => !view.Has(leaver.Id) && view.Count == 1, "the other leave");
    }

    [Fact]
    public async Task Close_Closed_IsGoneForEveryCall()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.JoinAsync(room);
        await connection.CloseAsync();

        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await Second.TryResumeAsync(connection.User, connection.Token)).Status);
        await AssertIsGoneAsync(connection.Id, room);
        Assert.Equal(
            BackplaneStatus.NotJoined, (await connection.PublishAsync(room, Message.Reliable("late"))).Status);
    }

    [Fact]
    public async Task Close_Again_ChangesNothing()
    {
        TestConnection connection = await First.OpenAsync(NewUser());

        await connection.CloseAsync();
        await connection.CloseAsync();
        await connection.DetachAsync();

        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await First.TryResumeAsync(connection.User, connection.Token)).Status);
    }

    [Fact]
    public async Task Close_OneOfTwo_LeavesTheOther()
    {
        UserName user = NewUser();
        RoomName room = NewRoom();
        TestConnection one = await First.OpenAsync(user);
        TestConnection two = await Second.OpenAsync(user);
        await one.JoinAsync(room);
        await two.JoinAsync(room);

        await one.CloseAsync();
        await First.SendAsync(user, Message.Reliable("user"));
        await two.PublishAsync(room, "room");

        Assert.Equal(["user"], await two.UserFeed.CountAsync(1, "user"));
        Assert.Equal(["room"], await two[room].CountAsync(1, "room"));
    }

    [Fact]
    public async Task Close_LastConnection_LeavesNobodyToSendTo()
    {
        UserName user = NewUser();
        TestConnection connection = await First.OpenAsync(user);
        await connection.CloseAsync();

        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await Second.SendAsync(user, Message.Reliable("anyone?"))).Status);
    }

    [Fact]
    public async Task Unknown_Connection_IsRefusedByEveryCall()
    {
        var unknown = ConnectionId.Create(new CryptoRandomSource());
        await First.Backplane.DetachAsync(unknown, 1).WithinAsync("detach");
        await First.Backplane.CloseAsync(unknown, 1).WithinAsync("close");

        await AssertIsGoneAsync(unknown, NewRoom());
    }

    // Whoever asks the room about a connection that is gone may hear of it from the connection or from the room.
    private async Task AssertIsGoneAsync(ConnectionId connection, RoomName room)
    {
        IBackplane backplane = First.Backplane;
        var query = new HistoryQuery(null, false, 1);
        BackplaneStatus[] byTheConnection =
        [
            (await backplane.JoinAsync(connection, room, default).WithinAsync("join")).Status,
            (await backplane.RejoinAsync(connection, room, null).WithinAsync("rejoin")).Status,
            await backplane.LeaveAsync(connection, room).WithinAsync("leave"),
            (await First.SendAsync(connection, Message.Reliable("anyone?"))).Status,
        ];
        BackplaneStatus[] byEither =
        [
            (await backplane.PresenceAsync(connection, room).WithinAsync("presence")).Status,
            await backplane.SetStateAsync(connection, room, default).WithinAsync("set state"),
            (await backplane.ReadAsync(connection, FeedId.Of(room), query).WithinAsync("read")).Status,
        ];

        Assert.All(byTheConnection, status => Assert.Equal(BackplaneStatus.NoSuchConnection, status));
        Assert.All(
            byEither,
            status => Assert.True(
                status is BackplaneStatus.NoSuchConnection or BackplaneStatus.NotJoined, $"it was {status}"));
    }
}
