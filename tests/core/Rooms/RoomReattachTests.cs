using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomReattachTests
{
    private static readonly Position SeenBefore = new(Some.OtherEpoch, 7);

    private readonly RoomHarness _room = new();

    [Fact]
    public void Reattach_RoomThatCameUpAnew_TakesTheMemberInAndTellsTheLoss()
    {
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, seen: SeenBefore, state: """{"x":1}""");

        EdgeBatch batch = Take();
        Assert.Equal(Some.At(0), batch.Lost);
        Assert.Equal((0, 1), (batch.After, batch.Through));
        Assert.Equal(["a"], batch.Entries.Texts());
        PresenceSnapshot snapshot = _room.Room.Presence(Some.AnnsPhone).Presence!;
        Assert.Equal("""{"x":1}""", Assert.Single(snapshot.Members).State.Text());
        Assert.Equal(
            BackplaneStatus.Ok,
            _room.Publish(Some.Reliable(from: RoomHarness.SenderOf(Some.AnnsPhone))).Status);
    }

    [Fact]
    public void Reattach_SeenNothing_ReceivesFromNowOn()
    {
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, seen: null);
        _room.Publish(Some.Reliable("b"));

        EdgeBatch batch = Take();
        Assert.Null(batch.Lost);
        Assert.Equal((1, 2), (batch.After, batch.Through));
    }

    [Fact]
    public void Reattach_SecondMemberOfAnEdge_RewindsNothing()
    {
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, seen: Some.At(0));
        Reattach(Some.AnnsLaptop, seen: Some.At(0));

        Assert.Equal(["a"], _room.Drain().Entries.Texts());
        Assert.Equal(2, _room.Room.FindOutbox(Some.Edge)!.Receivers);
    }

    [Fact]
    public void Reattach_BehindAMemberOfTheSameEdgeThatHasSeenNothing_GetsWhatTheEdgeHasNotSeen()
    {
        _room.Publish(Some.Reliable("a"));
        _room.Publish(Some.Reliable("b"));
        Reattach(Some.AnnsLaptop, seen: null);
        Assert.False(_room.Room.HasWork);

        Reattach(Some.AnnsPhone, seen: Some.At(1));

        EdgeBatch batch = Take();
        Assert.Null(batch.Lost);
        Assert.Equal((1, 2), (batch.After, batch.Through));
        Assert.Equal(["b"], batch.Entries.Texts());
    }

    [Fact]
    public void Reattach_BehindAMemberOfTheSameEdgeThatHasSeenNothingInARoomThatCameUpAnew_TellsTheLoss()
    {
        Reattach(Some.AnnsLaptop, seen: null);

        Reattach(Some.AnnsPhone, seen: SeenBefore);

        Assert.Equal(Some.At(0), Take().Lost);
    }

    [Fact]
    public void Reattach_OfAnEdgeThatHasTakenADelivery_RewindsNothing()
    {
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsLaptop, seen: null);
        _room.Publish(Some.Reliable("b"));
        Assert.Equal(["b"], _room.Drain().Entries.Texts());

        Reattach(Some.AnnsPhone, seen: Some.At(0));

        Assert.False(_room.Room.HasWork);
    }

    [Fact]
    public void Reattach_SameAttachmentAgain_ChangesNothing()
    {
        _room.Join(Some.AnnsPhone, presence: true);
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, seen: Some.At(0));
        Reattach(Some.AnnsPhone, edge: Some.OtherEdge, seen: Some.At(0));

        Assert.Equal(["a"], _room.Drain().Entries.Texts());
        Assert.Empty(_room.Drain().Presence);
        Assert.Null(_room.Room.FindOutbox(Some.OtherEdge));
        Assert.Equal(1, _room.Room.FindOutbox(Some.Edge)!.Receivers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Reattach_OfALaterJoin_IsNotEndedByALeaveOfTheEarlier(long attachment)
    {
        _room.Join(Some.AnnsPhone, joinNumber: 5);
        _room.Room.Reattach(Claim(Some.AnnsPhone, attachment: attachment) with { JoinNumber = 6 }, null, _room.Now);

        Assert.Equal(BackplaneStatus.NotJoined, _room.Leave(Some.AnnsPhone, joinNumber: 5));
        Assert.Equal(BackplaneStatus.Ok, _room.Leave(Some.AnnsPhone, joinNumber: 6));
    }

    [Fact]
    public void Reattach_OfAnEarlierJoin_LeavesTheLater()
    {
        _room.Join(Some.AnnsPhone, joinNumber: 6);
        _room.Room.Reattach(Claim(Some.AnnsPhone, attachment: 2) with { JoinNumber = 5 }, null, _room.Now);

        Assert.Equal(BackplaneStatus.NotJoined, _room.Leave(Some.AnnsPhone, joinNumber: 5));
    }

    [Fact]
    public void Reattach_OlderAttachment_ChangesNothing()
    {
        _room.Join(Some.AnnsPhone, edge: Some.OtherEdge, attachment: 3);
        Reattach(Some.AnnsPhone, attachment: 2, seen: Some.At(0));

        Assert.Null(_room.Room.FindOutbox(Some.Edge));
        _room.Publish(Some.Reliable("a"));
        Assert.Equal(["a"], _room.Drain(Some.OtherEdge).Entries.Texts());
    }

    [Fact]
    public void Reattach_NewerAttachment_MovesTheMember()
    {
        _room.Join(Some.AnnsPhone, edge: Some.OtherEdge);
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, attachment: 2, seen: Some.At(0));

        Assert.Null(_room.Room.FindOutbox(Some.OtherEdge));
        Assert.Equal(["a"], _room.Drain().Entries.Texts());
    }

    [Fact]
    public void Reattach_NewerAttachmentAtTheSameEdge_LosesNothingThatWaits()
    {
        _room.Join(Some.AnnsPhone);
        _room.Publish(Some.Reliable("a"));
        Reattach(Some.AnnsPhone, attachment: 2, seen: Some.At(0));

        Assert.Equal(["a"], _room.Drain().Entries.Texts());
    }

    [Fact]
    public void Reattach_EdgeThatWasTakenForDead_GetsWhatItMissed()
    {
        _room.Join(Some.AnnsPhone);
        _room.Publish(Some.Reliable("a"));
        _room.Drain();
        _room.Room.DetachEdge(Some.Edge);
        _room.Publish(Some.Reliable("b"));
        Reattach(Some.AnnsPhone, seen: Some.At(1));

        EdgeBatch batch = Take();
        Assert.Null(batch.Lost);
        Assert.Equal((1, 2), (batch.After, batch.Through));
        Assert.Equal(["b"], batch.Entries.Texts());
    }

    [Theory]
    [InlineData(1, false, 1, new long[] { 2, 3, 4 })]
    [InlineData(0, true, 1, new long[] { 2, 3, 4 })]
    [InlineData(4, false, 4, new long[0])]
    [InlineData(5, true, 4, new long[0])]
    public void Rewind_Position_GoesOnAfterItOrTellsTheLoss(long seen, bool isLost, long after, long[] offsets)
    {
        var options = new RoomOptions();
        options.Feed.MaxCount = 3;
        var room = new RoomHarness(options);
        room.Join(Some.AnnsPhone);
        for (int i = 0; i < 4; i++)
        {
            room.Publish(Some.Reliable());
        }

        room.Room.Rewind(Some.Edge, Some.At(seen), room.Now);
        room.Room.Rewind(Some.OtherEdge, Some.At(seen), room.Now);

        (List<FeedEntry> entries, _, List<Position> lost) = room.Drain();
        Assert.Equal(isLost ? [Some.At(after)] : [], lost);
        Assert.Equal(offsets, entries.Offsets());
        Assert.Null(room.Room.FindOutbox(Some.OtherEdge));
    }

    [Theory]
    [InlineData(PresenceMode.Full)]
    [InlineData(PresenceMode.Count)]
    public void Reattach_RoomThatCameUpAnew_HasAChangeAfterAllThatWasToldBefore(PresenceMode mode)
    {
        var options = new RoomOptions { Presence = mode };
        var before = new RoomHarness(options);
        before.Join(Some.AnnsPhone, presence: true);
        for (int i = 0; i < 900; i++)
        {
            before.Join(Some.BobsPhone);
            before.Leave(Some.BobsPhone);
        }

        before.Join(Some.BobsPhone);
        long told = Assert.Single(before.Drain().Presence).Version;

        // Bob, whose connection was lost with the node, does not come again.
        var room = new Room(Some.Room, options, Some.OtherEpoch, before.Now + 2);
        room.Reattach(Claim(Some.AnnsPhone, watches: true), Some.At(0), before.Now + 2);
        room.Flush();

        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        PresenceChange change = Assert.Single(batch.Presence);
        Assert.True(change.After > told, $"{change.After} is not after {told}");
        Assert.True(change.Version > change.After);
        Assert.Equal(1, change.Count);
    }

    [Fact]
    public void Reattach_WatcherThatMissedChanges_HasAChangeAfterThem()
    {
        _room.Join(Some.BobsPhone, presence: true, edge: Some.OtherEdge);
        long told = _room.Join(Some.AnnsPhone, presence: true).Presence!.Version;
        _room.Room.DetachEdge(Some.Edge);
        _room.Join(Some.AnnsLaptop, edge: Some.OtherEdge);
        _room.Drain(Some.OtherEdge);

        Reattach(Some.AnnsPhone, watches: true);

        Assert.True(Assert.Single(_room.Drain().Presence).After > told);
    }

    [Fact]
    public void Reattach_NobodyWatches_TellsNothing()
    {
        Reattach(Some.AnnsPhone);

        Assert.False(_room.Room.HasWork);
        Assert.Empty(_room.Drain().Presence);
    }

    [Fact]
    public void Reattach_PresenceOff_TellsNothing()
    {
        var room = new Room(Some.Room, new RoomOptions { Presence = PresenceMode.Off }, Some.Epoch, _room.Now);
        room.Reattach(Claim(Some.AnnsPhone, watches: true), null, _room.Now);

        Assert.False(room.HasWork);
    }

    private static MemberClaim Claim(
        ConnectionId connection, EdgeId? edge = null, long attachment = 1, bool watches = false, string state = "") =>
        new(connection, RoomHarness.UserOf(connection), edge ?? Some.Edge, attachment, watches, Some.Bytes(state));

    private void Reattach(
        ConnectionId connection,
        EdgeId? edge = null,
        long attachment = 1,
        Position? seen = null,
        bool watches = false,
        string state = "") =>
        _room.Room.Reattach(Claim(connection, edge, attachment, watches, state), seen, _room.Now);

    private EdgeBatch Take()
    {
        Assert.True(_room.Room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        return batch;
    }
}
