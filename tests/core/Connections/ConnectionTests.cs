using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Connections;

public class ConnectionTests
{
    private const long Now = 1_000_000;
    private const string Token = "the token";

    private static readonly RoomName Other = new("other");

    [Fact]
    public void New_Connection_IsAttachedWithItsFirstAttachment()
    {
        Connection connection = NewConnection();

        Assert.Equal(new Attachment(Some.Edge, 1), connection.Attachment);
        Assert.Empty(connection.Rooms);
        Assert.Null(connection.UpkeepAt);
        Assert.True(connection.IsAlive(long.MaxValue));
    }

    [Fact]
    public void Resume_RightToken_IsTheNextAttachment()
    {
        Connection connection = NewConnection();
        Join(connection, Some.Room);
        connection.Detach(1, Now);

        ResumeDecision decision = connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now + 9_999);

        Assert.Equal(BackplaneStatus.Ok, decision.Status);
        Assert.Equal(2, decision.Attachment);
        Assert.Null(decision.Replaced);
        Assert.Equal([Some.Room], decision.Rooms.Select(joined => joined.Room));
        Assert.Equal(RecoveryOutcome.NotAsked, decision.Own.Outcome);
        Assert.Equal(new Attachment(Some.OtherEdge, 2), connection.Attachment);
    }

    [Fact]
    public void Resume_StillAttached_NamesWhatItReplaces()
    {
        ResumeDecision decision = NewConnection().Resume(Some.Ann, Token, Some.OtherEdge, null, Now);

        Assert.Equal(new Attachment(Some.Edge, 1), decision.Replaced);
        Assert.Equal(2, decision.Attachment);
    }

    [Theory]
    [InlineData("another", "ann", BackplaneStatus.WrongToken)]
    [InlineData("another", "bob", BackplaneStatus.WrongToken)]
    [InlineData(Token, "bob", BackplaneStatus.ForeignToken)]
    public void Resume_WrongTokenOrUser_ChangesNothing(string token, string user, BackplaneStatus status)
    {
        Connection connection = NewConnection();
        connection.Detach(1, Now);

        Assert.Equal(status, connection.Resume(new UserName(user), token, Some.Edge, null, Now).Status);
        Assert.Null(connection.Attachment);
        Assert.Equal(1, connection.AttachmentNumber);
    }

    [Fact]
    public void Resume_BehindAHigherTurn_IsOvertakenAndChangesNothing()
    {
        Connection connection = NewConnection();
        connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now, turn: 7);

        ResumeDecision late = connection.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 6);

        Assert.Equal(BackplaneStatus.Overtaken, late.Status);
        Assert.Equal(new Attachment(Some.OtherEdge, 2), connection.Attachment);
        connection.Detach(2, Now);
        Assert.Equal(BackplaneStatus.Overtaken, connection.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 6).Status);
        Assert.Null(connection.Attachment);
    }

    [Fact]
    public void Resume_TheSameTurnAgainOrWithoutOne_IsTaken()
    {
        Connection connection = NewConnection();
        connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now, turn: 7);

        Assert.Equal(3, connection.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 7).Attachment);
        Assert.Equal(4, connection.Resume(Some.Ann, Token, Some.Edge, null, Now).Attachment);
        Assert.Equal(BackplaneStatus.Overtaken, connection.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 6).Status);
    }

    [Fact]
    public void Resume_BehindAHigherTurnWithTheWrongToken_IsNotToldOfIt()
    {
        Connection connection = NewConnection();
        connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now, turn: 7);

        Assert.Equal(BackplaneStatus.WrongToken, connection.Resume(Some.Ann, "another", Some.Edge, null, Now, turn: 6).Status);
    }

    [Fact]
    public void Resume_GraceOver_IsNoSuchConnection()
    {
        Connection connection = NewConnection();
        connection.Detach(1, Now);

        Assert.Equal(
            BackplaneStatus.NoSuchConnection,
            connection.Resume(Some.Ann, Token, Some.Edge, null, Now + 10_000).Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection,
            connection.Resume(Some.Ann, "wrong", Some.Edge, null, Now + 10_000).Status);
    }

    [Fact]
    public void Detach_OlderNewerOrTwice_IsIgnored()
    {
        Connection connection = NewConnection();
        connection.Resume(Some.Ann, Token, Some.Edge, null, Now);

        Assert.False(connection.Detach(1, Now));
        Assert.False(connection.Detach(3, Now));
        Assert.NotNull(connection.Attachment);
        Assert.True(connection.Detach(2, Now));
        Assert.False(connection.Detach(2, Now + 5_000));
        Assert.Equal(Now + 10_000, connection.UpkeepAt);
    }

    [Fact]
    public void Upkeep_Detached_EndsWhenTheGraceIsOver()
    {
        Connection connection = NewConnection();
        connection.Detach(1, Now);

        Assert.False(connection.Upkeep(Now + 9_999));
        Assert.True(connection.IsAlive(Now + 9_999));
        Assert.False(connection.IsAlive(Now + 10_000));
        Assert.True(connection.Upkeep(Now + 10_000));
        Assert.True(connection.HasEnded);
        Assert.Null(connection.UpkeepAt);
    }

    [Fact]
    public void Close_Newest_EndsIt()
    {
        Connection connection = NewConnection();
        connection.Resume(Some.Ann, Token, Some.Edge, null, Now);

        Assert.False(connection.Close(1));
        Assert.False(connection.HasEnded);
        Assert.True(connection.Close(2));
        Assert.False(connection.Close(2));
        Assert.False(connection.IsAlive(Now));
        Assert.Equal(
            BackplaneStatus.NoSuchConnection, connection.Resume(Some.Ann, Token, Some.Edge, null, Now).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, connection.BeginJoin(Some.Room, false, Now));
        Assert.Equal(BackplaneStatus.NoSuchConnection, connection.Send(Some.Reliable(), Now).Status);
    }

    [Fact]
    public void Close_Detached_EndsIt()
    {
        Connection connection = NewConnection();
        connection.Detach(1, Now);

        Assert.True(connection.Close(1));
    }

    [Fact]
    public void BeginJoin_RoomLimit_CountsThoseUnderWay()
    {
        Connection connection = NewConnection(new ConnectionOptions { MaxRooms = 2 });
        Join(connection, Some.Room);
        Assert.Equal(BackplaneStatus.Ok, connection.BeginJoin(Other, false, Now));

        Assert.Equal(BackplaneStatus.AlreadyJoined, connection.BeginJoin(Some.Room, false, Now));
        Assert.Equal(BackplaneStatus.AlreadyJoined, connection.BeginJoin(Other, false, Now));
        Assert.Equal(BackplaneStatus.TooManyRooms, connection.BeginJoin(new RoomName("third"), false, Now));
        Assert.Equal([Some.Room], connection.Rooms);

        Assert.Equal(JoinFollowUp.None, connection.CompleteJoin(Other, 1, joined: false));
        Assert.Equal(BackplaneStatus.Ok, connection.BeginJoin(new RoomName("third"), false, Now));
    }

    [Fact]
    public void JoinNumber_WithEachJoin_IsHigher()
    {
        Connection connection = NewConnection();
        Join(connection, Some.Room);
        long first = connection.JoinNumber;
        connection.BeginLeave(Some.Room, Now);
        connection.CompleteLeave(Some.Room);
        Assert.Equal(first, connection.JoinNumber);

        Join(connection, Some.Room);

        Assert.True(connection.JoinNumber > first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void JoinNumber_OfAConnectionThatCameUpAnew_GoesOnAboveThoseBefore(bool isSaved)
    {
        Connection before = NewConnection();
        Join(before, Some.Room);
        Join(before, Other);
        ConnectionState state = before.Save() with { JoinNumber = isSaved ? before.JoinNumber : 0 };

        // The clock of the other silo may be behind, unless nothing is known of before.
        var connection = new Connection(Some.AnnsPhone, state, new ConnectionOptions(), isSaved ? Now - 100 : Now + 100);

        Assert.True(connection.JoinNumber >= before.JoinNumber);
        long restored = connection.JoinNumber;
        Join(connection, new RoomName("third"));
        Assert.True(connection.JoinNumber > restored);
    }

    [Fact]
    public void CompleteJoin_DetachedMeanwhile_AsksToDetachTheRoom()
    {
        Connection connection = NewConnection();
        connection.BeginJoin(Some.Room, false, Now);
        connection.Detach(1, Now);

        Assert.Equal(JoinFollowUp.Detach, connection.CompleteJoin(Some.Room, 1, joined: true));
        Assert.Equal([Some.Room], connection.Rooms);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CompleteJoin_ResumedOrClosedMeanwhile_AsksToLeaveTheRoom(bool resumed)
    {
        Connection connection = NewConnection();
        connection.BeginJoin(Some.Room, false, Now);
        if (resumed)
        {
            Assert.Empty(connection.Resume(Some.Ann, Token, Some.Edge, null, Now).Rooms);
        }
        else
        {
            connection.Close(1);
        }

        Assert.Equal(JoinFollowUp.Leave, connection.CompleteJoin(Some.Room, 1, joined: true));
        Assert.Empty(connection.Rooms);
        Assert.False(connection.IsMemberOf(Some.Room));
    }

    [Fact]
    public void BeginLeave_Member_IsOutOnceItIsComplete()
    {
        Connection connection = NewConnection();
        Join(connection, Some.Room);

        Assert.Equal(BackplaneStatus.NotJoined, connection.BeginLeave(Other, Now));
        Assert.Equal(BackplaneStatus.Ok, connection.BeginLeave(Some.Room, Now));
        Assert.Equal(BackplaneStatus.NotJoined, connection.BeginLeave(Some.Room, Now));
        Assert.Equal(BackplaneStatus.AlreadyJoined, connection.BeginJoin(Some.Room, false, Now));
        Assert.Empty(connection.Rooms);

        connection.CompleteLeave(Some.Room);
        Assert.Equal(BackplaneStatus.Ok, connection.BeginJoin(Some.Room, false, Now));
    }

    [Fact]
    public void Send_Attached_WaitsForItsEdge()
    {
        Connection connection = NewConnection();
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), false), connection.Send(Some.Reliable("a"), Now));

        Assert.True(connection.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(["a"], batch.Entries.Texts());
        Assert.Equal(["a"], connection.Read(new HistoryQuery(null, false, 9), Now).Entries.Texts());
    }

    [Fact]
    public void Send_InGrace_IsRecoveredByTheResume()
    {
        Connection connection = NewConnection();
        connection.Send(Some.Reliable("a"), Now);
        connection.Detach(1, Now);
        Assert.Equal(BackplaneStatus.Ok, connection.Send(Some.Reliable("b"), Now + 9_999).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, connection.Send(Some.Reliable("c"), Now + 10_000).Status);
        Assert.Empty(connection.Outboxes);

        ResumeDecision decision = connection.Resume(Some.Ann, Token, Some.OtherEdge, Some.At(1), Now + 9_999);
        connection.Send(Some.Reliable("d"), Now + 9_999);

        Assert.Equal(["b"], decision.Own.Missed.Texts());
        Assert.Equal(Some.At(2), decision.Own.Head);
        Assert.True(connection.FindOutbox(Some.OtherEdge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(["d"], batch.Entries.Texts());
    }

    [Fact]
    public void Send_FirstInGrace_IsReceivedAfterTheResume()
    {
        Connection connection = NewConnection();
        connection.Detach(1, Now);
        connection.Send(Some.Reliable("a"), Now);
        Assert.Equal(["a"], connection.Resume(Some.Ann, Token, Some.Edge, Some.At(0), Now).Own.Missed.Texts());
        connection.Send(Some.Reliable("b"), Now);

        Assert.True(connection.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(["b"], batch.Entries.Texts());
    }

    private static Connection NewConnection(ConnectionOptions? options = null) => new(
        Some.AnnsPhone, Some.Ann, TokenHash.Of(Token), Some.Edge, options ?? new ConnectionOptions(), Some.Epoch);

    private static void Join(Connection connection, RoomName room)
    {
        Assert.Equal(BackplaneStatus.Ok, connection.BeginJoin(room, false, Now));
        Assert.Equal(JoinFollowUp.None, connection.CompleteJoin(room, connection.AttachmentNumber, joined: true));
    }
}
