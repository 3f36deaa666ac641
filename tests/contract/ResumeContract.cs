using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>Who may take a connection over, and what becomes of the socket that held it.</summary>
public abstract class ResumeContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Resume_OnAnotherEdge_DisconnectsTheOldSocket()
    {
        TestConnection old = await First.OpenAsync(NewUser());

        TestConnection resumed = await old.ResumeAsync(Second);

        Assert.Equal(2, resumed.Attachment);
        Assert.Equal(DisconnectReason.Replaced, await old.Disconnected.WithinAsync("the old socket's end"));
        Assert.False(resumed.Disconnected.IsCompleted);
    }

    [Fact]
    public async Task Resume_Detached_DisconnectsNobody()
    {
        TestConnection old = await First.OpenAsync(NewUser());
        await old.DetachAsync();
        TestConnection second = await old.ResumeAsync(First);
        TestConnection third = await second.ResumeAsync(First);

        Assert.Equal(DisconnectReason.Replaced, await second.Disconnected.WithinAsync("the second socket's end"));
        Assert.False(old.Disconnected.IsCompleted);
        Assert.Equal(3, third.Attachment);
    }

    [Fact]
    public async Task Resume_AgainAndAgain_EachReplacesTheOneBefore()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.JoinAsync(room);
        for (int i = 2; i <= 7; i++)
        {
            TestConnection next = await connection.ResumeAsync(i % 2 == 0 ? Second : First);
            Assert.Equal(i, next.Attachment);
            Assert.Equal(
                DisconnectReason.Replaced, await connection.Disconnected.WithinAsync($"end of socket {i - 1}"));
            await First.PublishAsync(room, Message.Reliable($"{i}"));
            Assert.Equal([$"{i}"], await next[room].CountAsync(1, $"to socket {i}"));
            connection = next;
        }
    }

    [Fact]
    public async Task Resume_FromBothEdgesAtOnce_TheNewestHoldsIt()
    {
        RoomName room = NewRoom();
        TestConnection first = await First.OpenAsync(NewUser());
        await first.JoinAsync(room);

        ResumeResult[] results = await Task.WhenAll(
            First.TryResumeAsync(first.User, first.Token), Second.TryResumeAsync(first.User, first.Token));

        Assert.All(results, result => Assert.Equal(BackplaneStatus.Ok, result.Status));
        Assert.Equal([2L, 3L], results.Select(result => result.Attachment).Order());
        Assert.Equal(DisconnectReason.Replaced, await first.Disconnected.WithinAsync("end of socket 1"));
        TestEdge loser = results[0].Attachment == 2 ? First : Second;
        Assert.Equal(
            DisconnectReason.Replaced, await loser.Recorder.DisconnectOf(first.Id, 2).WithinAsync("end of socket 2"));

        TestConnection holder = await first.ResumeAsync(First);
        Assert.Equal(4, holder.Attachment);
        await Second.PublishAsync(room, Message.Reliable("to the holder"));
        Assert.Equal(["to the holder"], await holder[room].ThroughAsync("to the holder"));
    }

    [Fact]
    public async Task Resume_WithoutItsToken_IsRefusedAndChangesNothing()
    {
        TestConnection victim = await First.OpenAsync(NewUser());
        string forged = victim.Token[..^1] + (victim.Token[^1] == 'A' ? 'B' : 'A');
        string unknown = ResumeToken.Create(ConnectionId.Create(new CryptoRandomSource()), new CryptoRandomSource());

        Assert.Equal(BackplaneStatus.NoSuchConnection, await StatusAsync("nonsense"));
        Assert.Equal(BackplaneStatus.NoSuchConnection, await StatusAsync(""));
        Assert.Equal(BackplaneStatus.NoSuchConnection, await StatusAsync(unknown));
        Assert.Equal(BackplaneStatus.WrongToken, await StatusAsync(forged));
        await AssertStillReceivesAsync(victim);

        async Task<BackplaneStatus> StatusAsync(string token) =>
            (await Second.TryResumeAsync(victim.User, token)).Status;
    }

    [Fact]
    public async Task Resume_ByAnotherUser_IsRefusedAndChangesNothing()
    {
        TestConnection victim = await First.OpenAsync(NewUser());

        Assert.Equal(BackplaneStatus.ForeignToken, (await Second.TryResumeAsync(NewUser(), victim.Token)).Status);
        await AssertStillReceivesAsync(victim);
    }

    [Fact]
    public async Task Resume_BehindALaterOne_IsRefusedAndChangesNothing()
    {
        TestConnection old = await First.OpenAsync(NewUser());
        await Second.TryResumeAsync(old.User, old.Token, turn: 4);
        TestConnection holder = await old.ResumeAsync(Second, turn: 5);

        Assert.Equal(BackplaneStatus.Overtaken, (await First.TryResumeAsync(old.User, old.Token, turn: 3)).Status);
        Assert.Equal(BackplaneStatus.Overtaken, (await Second.TryResumeAsync(old.User, old.Token, turn: 4)).Status);
        await AssertStillReceivesAsync(holder);
        await holder.DetachAsync();
        Assert.Equal(BackplaneStatus.Overtaken, (await First.TryResumeAsync(old.User, old.Token, turn: 4)).Status);
        Assert.Equal(BackplaneStatus.Ok, (await First.TryResumeAsync(old.User, old.Token, turn: 5)).Status);
    }

    [Fact]
    public async Task Owner_OfAConnection_IsToldToWhoeverHasItsToken()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        string forged = connection.Token[..^1] + (connection.Token[^1] == 'A' ? 'B' : 'A');

        Assert.Equal(new OwnerResult(BackplaneStatus.Ok, connection.User), await AskAsync(connection.Token));
        Assert.Equal(new OwnerResult(BackplaneStatus.WrongToken, default), await AskAsync(forged));
        Assert.Equal(new OwnerResult(BackplaneStatus.NoSuchConnection, default), await AskAsync("nonsense"));
        await connection.DetachAsync();
        Assert.Equal(new OwnerResult(BackplaneStatus.Ok, connection.User), await AskAsync(connection.Token));

        Task<OwnerResult> AskAsync(string token) => Second.Backplane.FindOwnerAsync(token).WithinAsync("the owner");
    }

    [Fact]
    public async Task Resume_Rooms_AreThoseStillJoined()
    {
        RoomName[] rooms = [NewRoom(), NewRoom(), NewRoom(ContractOptions.Off)];
        TestConnection connection = await First.OpenAsync(NewUser());
        foreach (RoomName room in rooms)
        {
            await connection.JoinAsync(room);
        }

        await connection.LeaveAsync(rooms[1]);
        TestConnection resumed = await connection.ResumeAsync(Second);

        Assert.Equal(
            new[] { rooms[0].Value, rooms[2].Value }.Order(), resumed.Rooms.Select(room => room.Value).Order());
    }

    [Fact]
    public async Task Resume_NotRejoinedYet_FindsInTheRoomWhatCameMeanwhile()
    {
        RoomName room = NewRoom();
        TestConnection connection = await First.OpenAsync(NewUser());
        Position start = (await connection.JoinAsync(room)).Start.Head;
        ResumeResult resumed = await Second.TryResumeAsync(connection.User, connection.Token);
        await connection.Disconnected.WithinAsync("the old socket's end");
        await First.PublishAsync(room, Message.Reliable("meanwhile"));

        JoinResult rejoined = await Second.Backplane.RejoinAsync(connection.Id, room, start).WithinAsync("rejoin");

        Assert.Equal([new RoomMembership(room, Watches: false)], resumed.Rooms);
        Assert.Equal(RecoveryOutcome.Recovered, rejoined.Feed.Outcome);
        Assert.Equal(["meanwhile"], rejoined.Feed.Missed.Texts());
    }

    [Fact]
    public async Task Detach_OlderAttachment_IsIgnored()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        TestConnection resumed = await old.ResumeAsync(Second);

        await old.DetachAsync();

        await First.PublishAsync(room, Message.Reliable("room"));
        Assert.Equal(["room"], await resumed[room].CountAsync(1, "room"));
        await AssertStillReceivesAsync(resumed);
    }

    [Fact]
    public async Task Close_OlderAttachment_IsIgnored()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        TestConnection resumed = await old.ResumeAsync(Second);

        await old.CloseAsync();

        await resumed.PublishAsync(room, "still a member");
        Assert.Equal(["still a member"], await resumed[room].CountAsync(1, "room"));
        await AssertStillReceivesAsync(resumed);
    }

    private static async Task AssertStillReceivesAsync(TestConnection connection)
    {
        await connection.Edge.SendAsync(connection.Id, Message.Reliable("own"));
        await connection.Edge.SendAsync(connection.User, Message.Reliable("user"));
        Assert.Equal(["own"], await connection.OwnFeed.CountAsync(1, "own feed"));
        Assert.Equal(["user"], await connection.UserFeed.CountAsync(1, "user's feed"));
        Assert.False(connection.Disconnected.IsCompleted);
    }
}
