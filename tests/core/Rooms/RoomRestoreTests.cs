using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomRestoreTests
{
    private readonly RoomOptions _options = new() { IdleTime = TimeSpan.FromMilliseconds(100) };
    private readonly RoomHarness _before;

    public RoomRestoreTests() => _before = new RoomHarness(_options);

    [Fact]
    public void Save_Room_KeepsMembersHistoryAndKeys()
    {
        _before.Join(Some.AnnsPhone, presence: true, state: "1", attachment: 4);
        _before.JoinDetached(Some.BobsPhone);
        _before.Publish(Some.Reliable("a", "k", RoomHarness.SenderOf(Some.AnnsPhone)));
        _before.Publish(Some.Reliable("b"));

        Room room = Restore();

        Assert.Equal((2, Some.At(2)), (room.MemberCount, room.Head));
        Assert.Equal(
            ["anns-phone 1", "bobs-phone "],
            room.Presence(Some.AnnsPhone).Presence!.Members.Select(member => $"{member.Connection} {member.State.Text()}"));
        Assert.Equal(
            ["a", "b"], room.Read(Some.BobsPhone, new HistoryQuery(null, false, 9), _before.Now).Entries.Texts());
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true),
            room.Publish(Some.Reliable("a", "k", RoomHarness.SenderOf(Some.AnnsPhone)), _before.Now, out _));

        // The attachment is the newest known still.
        room.Detach(Some.AnnsPhone, 3);
        Assert.NotNull(room.FindOutbox(Some.Edge));
        room.Detach(Some.AnnsPhone, 4);
        Assert.Null(room.FindOutbox(Some.Edge));
    }

    [Fact]
    public void Save_Member_IsNotEndedByALeaveOfAnEarlierJoin()
    {
        _before.Join(Some.AnnsPhone, joinNumber: 6);

        Room room = Restore();

        Assert.Equal(BackplaneStatus.NotJoined, room.Leave(Some.AnnsPhone, _before.Now, joinNumber: 5));
        Assert.Equal(BackplaneStatus.Ok, room.Leave(Some.AnnsPhone, _before.Now, joinNumber: 6));
    }

    [Fact]
    public void Save_BatchesUnderWay_AreHandedOutAgain()
    {
        _before.Join(Some.AnnsPhone);
        _before.Join(Some.BobsPhone, edge: Some.OtherEdge);
        _before.Publish(Some.Reliable("a"));
        _before.Drain();
        _before.Publish(Some.Reliable("b"));
        Assert.True(_before.Room.FindOutbox(Some.Edge)!.TryTake(out _));
        _before.Publish(Some.Reliable("c"));

        Room room = Restore();

        AssertBatch(room, 1, ["b", "c"]);
        Assert.True(room.FindOutbox(Some.OtherEdge)!.TryTake(out EdgeBatch other));
        Assert.Equal(["a", "b", "c"], other.Entries.Texts());
    }

    [Fact]
    public void Save_LossNotToldYet_IsToldAfterwards()
    {
        _before.Join(Some.AnnsPhone);
        _before.Publish(Some.Reliable("a"));
        _before.Drain();
        _before.Room.Rewind(Some.Edge, new Position(Some.OtherEpoch, 9), _before.Now);
        Assert.True(_before.Room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch lost));
        Assert.NotNull(lost.Lost);

        Room room = Restore();

        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(Some.At(0), batch.Lost);
        Assert.Equal(["a"], batch.Entries.Texts());
    }

    [Fact]
    public void Save_EverythingSeen_LeavesNothingToDo()
    {
        _before.Join(Some.AnnsPhone);
        _before.Publish(Some.Reliable("a"));
        _before.Drain();

        Assert.False(Restore().HasWork);
    }

    [Fact]
    public void Save_NothingPublishedYet_KeepsTheEpoch()
    {
        _before.Join(Some.AnnsPhone);

        Room room = Restore();

        Assert.Equal(Some.At(0), room.Head);
        room.Publish(Some.Reliable("a"), _before.Now, out _);
        AssertBatch(room, 0, ["a"]);
    }

    [Fact]
    public void Save_PresenceNotToldYet_IsSeenByTheVersion()
    {
        PresenceSnapshot known = _before.Join(Some.AnnsPhone, presence: true).Presence!;
        _before.Join(Some.BobsPhone);

        Room room = Restore();
        room.Flush();

        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.True(Assert.Single(batch.Presence).After > known.Version);
        Assert.Equal(2, room.Presence(Some.AnnsPhone).Presence!.Members.Count);
    }

    [Fact]
    public void Save_PresenceAllTold_GoesOnFromTheSameVersion()
    {
        PresenceSnapshot known = _before.Join(Some.AnnsPhone, presence: true).Presence!;

        Room room = Restore();
        room.Join(new RoomJoin(Some.BobsPhone, Some.Bob, null, 1, default), _before.Now);
        room.Flush();

        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        PresenceChange change = Assert.Single(batch.Presence);
        Assert.Equal(known.Version, change.After);
        Assert.Equal([Some.BobsPhone], change.Joined.Select(member => member.Connection));
    }

    [Fact]
    public void Save_EmptyRoom_IsCollectedWhenItWouldHaveBeen()
    {
        _before.Join(Some.AnnsPhone);
        _before.Now += 50;
        _before.Leave(Some.AnnsPhone);
        long idleUntil = _before.Now + 100;
        _before.Now += 60;

        Room room = Restore();

        Assert.Equal(idleUntil, room.UpkeepAt);
        Assert.False(room.Upkeep(idleUntil - 1));
        Assert.True(room.Upkeep(idleUntil));
    }

    private static void AssertBatch(Room room, long after, string[] texts)
    {
        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Null(batch.Lost);
        Assert.Equal(after, batch.After);
        Assert.Equal(texts, batch.Entries.Texts());
    }

    private Room Restore() => new(Some.Room, _options, _before.Room.Save(), _before.Now);
}
