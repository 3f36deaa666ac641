using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Connections;

public class ConnectionReattachTests
{
    private const long Now = 1_000_000;
    private const string Token = "the token";

    private static readonly RoomName Other = new("other");

    private readonly Connection _connection = new(
        Some.AnnsPhone, Some.Ann, TokenHash.Of(Token), Some.Edge, new ConnectionOptions(), Some.Epoch);

    [Fact]
    public void Reattach_ItsOwnEdge_ChangesNothing()
    {
        _connection.Send(Some.Reliable("a"), Now);

        Assert.Null(_connection.Reattach(Some.Edge, 1, Some.At(0), Now));
        Assert.Equal(new Attachment(Some.Edge, 1), _connection.Attachment);
        Assert.Equal(["a"], Take(_connection).Entries.Texts());
        _connection.FindOutbox(Some.Edge)!.Complete();
        Assert.False(_connection.HasWork);
    }

    [Fact]
    public void Reattach_NothingMissed_CostsNoOutbox()
    {
        Assert.Null(_connection.Reattach(Some.Edge, 1, Some.At(0), Now));
        Assert.Null(_connection.Reattach(Some.Edge, 1, null, Now));

        Assert.Empty(_connection.Outboxes);
    }

    [Fact]
    public void Reattach_InGrace_IsAttachedAgainAndGetsWhatItMissed()
    {
        _connection.Send(Some.Reliable("a"), Now);
        _connection.Detach(1, Now);
        _connection.Send(Some.Reliable("b"), Now);

        Assert.Null(_connection.Reattach(Some.Edge, 1, Some.At(1), Now + 9_999));

        Assert.Equal(new Attachment(Some.Edge, 1), _connection.Attachment);
        Assert.True(_connection.IsAlive(long.MaxValue));
        EdgeBatch batch = Take(_connection);
        Assert.Null(batch.Lost);
        Assert.Equal((1, 2), (batch.After, batch.Through));
        Assert.Equal(["b"], batch.Entries.Texts());
    }

    [Fact]
    public void Reattach_FirstSentInGrace_GetsThat()
    {
        _connection.Detach(1, Now);
        _connection.Send(Some.Reliable("a"), Now);
        _connection.Reattach(Some.Edge, 1, Some.At(0), Now);

        Assert.Equal(["a"], Take(_connection).Entries.Texts());
    }

    [Fact]
    public void Reattach_GraceOverOrClosed_IsEnded()
    {
        _connection.Detach(1, Now);
        Assert.Equal(DisconnectReason.Ended, _connection.Reattach(Some.Edge, 1, null, Now + 10_000));
        Assert.Null(_connection.Attachment);

        _connection.Close(1);
        Assert.Equal(DisconnectReason.Ended, _connection.Reattach(Some.Edge, 2, null, Now));
    }

    [Fact]
    public void Reattach_AfterAResumeElsewhere_IsReplaced()
    {
        _connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now);

        Assert.Equal(DisconnectReason.Replaced, _connection.Reattach(Some.Edge, 1, Some.At(0), Now));
        Assert.Equal(DisconnectReason.Replaced, _connection.Reattach(Some.Edge, 2, Some.At(0), Now));
        Assert.Equal(new Attachment(Some.OtherEdge, 2), _connection.Attachment);
        _connection.Detach(2, Now);
        Assert.Equal(DisconnectReason.Replaced, _connection.Reattach(Some.Edge, 1, Some.At(0), Now));
        Assert.Null(_connection.Attachment);
    }

    [Fact]
    public void Reattach_NewerAttachmentThanIsKnown_TakesItOver()
    {
        _connection.Send(Some.Reliable("a"), Now);

        Assert.Null(_connection.Reattach(Some.OtherEdge, 3, Some.At(0), Now));

        Assert.Equal(new Attachment(Some.OtherEdge, 3), _connection.Attachment);
        Assert.Null(_connection.FindOutbox(Some.Edge));
        Assert.Equal(["a"], Take(_connection, Some.OtherEdge).Entries.Texts());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Reattach_RoomsThatItHasNotHeardOf_AreTakenOver(long attachment)
    {
        Join(Some.Room, watches: false);

        _connection.Reattach(
            Some.Edge, attachment, null, Now, rooms: [new RoomMembership(Some.Room, true), new RoomMembership(Other, true)]);

        Assert.Equal(
            [new RoomMembership(Some.Room, false), new RoomMembership(Other, true)], _connection.Memberships);
    }

    [Fact]
    public void Reattach_ARoomThatWasLeftMeanwhile_IsNotTakenOver()
    {
        Join(Some.Room, watches: false);
        _connection.BeginLeave(Some.Room, Now);
        _connection.Reattach(Some.Edge, 1, null, Now, rooms: [new RoomMembership(Some.Room, false)]);
        _connection.CompleteLeave(Some.Room);

        _connection.Reattach(Some.Edge, 1, null, Now, rooms: [new RoomMembership(Some.Room, false)]);

        Assert.Empty(_connection.Memberships);
    }

    [Fact]
    public void Reattach_ByAnEdgeThatWasReplaced_TakesNoRoomsOver()
    {
        _connection.Resume(Some.Ann, Token, Some.OtherEdge, null, Now);

        _connection.Reattach(Some.Edge, 1, null, Now, rooms: [new RoomMembership(Some.Room, false)]);

        Assert.Empty(_connection.Memberships);
    }

    [Fact]
    public void Resume_OfWhatWasKept_LeavesTheNumberOutThatAResumeMayHaveHadOfWhichNothingWasHeard()
    {
        _connection.Detach(1, Now);
        Connection kept = Restore(_connection.Save());

        Assert.Equal(3, kept.Resume(Some.Ann, Token, Some.OtherEdge, null, Now).Attachment);
        Assert.False(kept.Detach(2, Now));
        Assert.Equal(DisconnectReason.Replaced, kept.Reattach(Some.Edge, 2, null, Now));
        Assert.Equal(4, kept.Resume(Some.Ann, Token, Some.Edge, null, Now).Attachment);
    }

    [Fact]
    public void Turn_OfAClaimOrASavedConnection_StillCounts()
    {
        Connection claimed = Restore(_connection.Save());
        claimed.Reattach(Some.OtherEdge, 3, null, Now, turn: 5);
        Connection saved = Restore(claimed.Save());

        Assert.Equal(BackplaneStatus.Overtaken, claimed.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 4).Status);
        Assert.Equal(BackplaneStatus.Overtaken, saved.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 4).Status);
        Assert.Equal(BackplaneStatus.Ok, saved.Resume(Some.Ann, Token, Some.Edge, null, Now, turn: 6).Status);
    }

    [Fact]
    public void New_FromWhatTheEdgeKnows_TellsTheLossOfItsFeed()
    {
        ConnectionState known = _connection.Save() with
        {
            Feed = StoredFeed.Empty(Some.OtherEpoch),
            Seen = Some.At(4),
        };

        Connection connection = Restore(known);

        Assert.Equal(new Position(Some.OtherEpoch, 0), Take(connection).Lost);
        Assert.Null(connection.Reattach(Some.Edge, 1, Some.At(4), Now));
        connection.FindOutbox(Some.Edge)!.Complete();
        Assert.False(connection.HasWork);
    }

    [Fact]
    public void Reattach_ConnectionThatCameUpAnew_TellsTheLossOfItsFeed()
    {
        Connection connection = Restore(_connection.Save() with { Feed = StoredFeed.Empty(Some.OtherEpoch) });

        Assert.Null(connection.Reattach(Some.Edge, 1, Some.At(4), Now));

        Assert.Equal(new Position(Some.OtherEpoch, 0), Take(connection).Lost);
    }

    [Fact]
    public void Save_Attached_KeepsRoomsHistoryKeysAndWhatWaits()
    {
        Join(Some.Room, watches: true);
        Join(Other, watches: false);
        Assert.Equal(BackplaneStatus.Ok, _connection.BeginJoin(new RoomName("under way"), false, Now));
        _connection.Send(Some.Reliable("a", "k"), Now);
        Take(_connection);
        _connection.FindOutbox(Some.Edge)!.Complete();
        _connection.Send(Some.Reliable("b"), Now);
        Take(_connection);

        Connection connection = Restore(_connection.Save());

        Assert.Equal(new Attachment(Some.Edge, 1), connection.Attachment);
        Assert.Equal((Some.Ann, Some.At(2)), (connection.User, connection.Head));
        Assert.Equal(
            [new RoomMembership(Some.Room, true), new RoomMembership(new RoomName("other"), false)],
            connection.Memberships);
        Assert.Equal(["b"], Take(connection).Entries.Texts());
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true), connection.Send(Some.Reliable("a", "k"), Now));
    }

    [Fact]
    public void Save_NeverSentAnything_CostsNoOutbox()
    {
        Connection connection = Restore(_connection.Save());

        Assert.Empty(connection.Outboxes);
        Assert.Empty(connection.Memberships);
        connection.Send(Some.Reliable("a"), Now);
        Assert.Equal(["a"], Take(connection).Entries.Texts());
    }

    [Fact]
    public void Save_Detached_KeepsTheGraceAndTheToken()
    {
        _connection.Resume(Some.Ann, Token, Some.Edge, null, Now);
        _connection.Detach(2, Now);
        _connection.Send(Some.Reliable("a"), Now);

        Connection connection = Restore(_connection.Save());

        Assert.Equal(Now + 10_000, connection.UpkeepAt);
        Assert.True(connection.IsAlive(Now + 9_999));
        Assert.False(connection.IsAlive(Now + 10_000));
        Assert.Equal(
            BackplaneStatus.WrongToken, connection.Resume(Some.Ann, "another", Some.Edge, null, Now + 9_999).Status);
        ResumeDecision decision = connection.Resume(Some.Ann, Token, Some.Edge, Some.At(0), Now + 9_999);
        Assert.Equal((BackplaneStatus.Ok, 4L), (decision.Status, decision.Attachment));
        Assert.Equal(["a"], decision.Own.Missed.Texts());
    }

    [Fact]
    public void TokenHash_AsBytes_IsTheSameAgain()
    {
        TokenHash hash = TokenHash.Of(Token);

        Assert.Equal(hash, TokenHash.FromBytes(hash.ToArray()));
        Assert.NotEqual(hash, TokenHash.FromBytes(TokenHash.Of("another").ToArray()));
        Assert.Throws<ArgumentException>(() => TokenHash.FromBytes(new byte[31]));
    }

    private static Connection Restore(ConnectionState state) =>
        new(Some.AnnsPhone, state, new ConnectionOptions(), Now);

    private static EdgeBatch Take(Connection connection, EdgeId? edge = null)
    {
        Assert.True(connection.FindOutbox(edge ?? Some.Edge)!.TryTake(out EdgeBatch batch));
        return batch;
    }

    private void Join(RoomName room, bool watches)
    {
        Assert.Equal(BackplaneStatus.Ok, _connection.BeginJoin(room, watches, Now));
        Assert.Equal(JoinFollowUp.None, _connection.CompleteJoin(room, 1, joined: true));
    }
}
