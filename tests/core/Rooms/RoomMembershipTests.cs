using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomMembershipTests
{
    [Fact]
    public void Join_First_IsOkWithTheFeedsHead()
    {
        var room = new RoomHarness();
        room.Publish(Some.Reliable("before"));

        JoinResult result = room.Join(Some.AnnsPhone);

        Assert.Equal(BackplaneStatus.Ok, result.Status);
        Assert.Equal(new Recovery(Some.At(1), RecoveryOutcome.NotAsked, []), result.Feed with { Missed = [] });
        Assert.Empty(result.Feed.Missed);
        Assert.False(result.WantsPresence);
        Assert.Null(result.Presence);
        Assert.Equal(1, room.Room.MemberCount);
    }

    [Fact]
    public void Join_WithPosition_RecoversWhatIsAfterIt()
    {
        var room = new RoomHarness();
        room.Publish(Some.Reliable("a"));
        room.Publish(Some.Reliable("b"));

        JoinResult result = room.Join(Some.AnnsPhone, Some.At(1));

        Assert.Equal(RecoveryOutcome.Recovered, result.Feed.Outcome);
        Assert.Equal(["b"], result.Feed.Missed.Texts());
        Assert.Equal(Some.At(2), result.Feed.Head);
    }

    [Fact]
    public void Join_EmptyFeedWithPositions_SaysWhatTheyAre()
    {
        var room = new RoomHarness();

        Assert.Equal(RecoveryOutcome.Recovered, room.Join(Some.AnnsPhone, Some.At(0)).Feed.Outcome);
        Assert.Equal(RecoveryOutcome.Ahead, room.Join(Some.AnnsLaptop, Some.At(1)).Feed.Outcome);
        Assert.Equal(
            RecoveryOutcome.EpochChanged,
            room.Join(Some.BobsPhone, new Position(Some.OtherEpoch, 0)).Feed.Outcome);
    }

    [Fact]
    public void Join_Twice_IsAlreadyJoinedAndChangesNothing()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Drain();

        Assert.Equal(BackplaneStatus.AlreadyJoined, room.Join(Some.AnnsPhone, state: "{}").Status);
        Assert.Equal(1, room.Room.MemberCount);
        Assert.Empty(room.Drain().Presence);
    }

    [Fact]
    public void Join_RoomFull_IsRefusedUntilSomebodyLeaves()
    {
        var room = new RoomHarness(new RoomOptions { MaxMembers = 2 });
        room.Join(Some.AnnsPhone);
        room.Join(Some.AnnsLaptop);

        Assert.Equal(BackplaneStatus.RoomFull, room.Join(Some.BobsPhone).Status);
        room.Leave(Some.AnnsPhone);
        Assert.Equal(BackplaneStatus.Ok, room.Join(Some.BobsPhone).Status);
    }

    [Fact]
    public void Join_StateTooLarge_IsRefused()
    {
        var room = new RoomHarness(new RoomOptions { MaxStateBytes = 2 });

        Assert.Equal(BackplaneStatus.StateTooLarge, room.Join(Some.AnnsPhone, state: "{ }").Status);
        Assert.Equal(0, room.Room.MemberCount);
        Assert.Equal(BackplaneStatus.Ok, room.Join(Some.AnnsPhone, state: "{}").Status);
    }

    [Fact]
    public void Leave_NotAMember_IsNotJoined()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);

        Assert.Equal(BackplaneStatus.Ok, room.Leave(Some.AnnsPhone));
        Assert.Equal(BackplaneStatus.NotJoined, room.Leave(Some.AnnsPhone));
        Assert.Equal(0, room.Room.MemberCount);
    }

    [Fact]
    public void Leave_OfAnEarlierJoin_ChangesNothing()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, joinNumber: 2);

        Assert.Equal(BackplaneStatus.NotJoined, room.Leave(Some.AnnsPhone, joinNumber: 1));
        Assert.Equal(1, room.Room.MemberCount);
        Assert.Equal(BackplaneStatus.Ok, room.Leave(Some.AnnsPhone, joinNumber: 2));
        Assert.Equal(0, room.Room.MemberCount);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    public void Leave_OfALaterJoinOrOfAny_EndsTheMembership(long joined, long left)
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, joinNumber: joined);

        Assert.Equal(BackplaneStatus.Ok, room.Leave(Some.AnnsPhone, left));
        Assert.Equal(0, room.Room.MemberCount);
    }

    [Fact]
    public void Rejoin_NotAMember_IsNotJoined()
    {
        Assert.Equal(BackplaneStatus.NotJoined, new RoomHarness().Rejoin(Some.AnnsPhone, 2).Status);
    }

    [Fact]
    public void Detach_Member_ReceivesNothingUntilItRejoins()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Room.Detach(Some.AnnsPhone, 1);
        room.Publish(Some.Reliable("missed"));

        Assert.Null(room.Room.FindOutbox(Some.Edge));
        JoinResult result = room.Rejoin(Some.AnnsPhone, 2, Some.At(0));
        room.Publish(Some.Reliable("live"));

        Assert.Equal(BackplaneStatus.Ok, result.Status);
        Assert.Equal(["missed"], result.Feed.Missed.Texts());
        Assert.Equal(Some.At(1), result.Feed.Head);
        Assert.Equal(["live"], room.Drain().Entries.Texts());
    }

    [Fact]
    public void Detach_OlderAttachment_IsIgnored()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, attachment: 1);
        room.Rejoin(Some.AnnsPhone, 2);
        room.Room.Detach(Some.AnnsPhone, 1);
        room.Publish(Some.Reliable("live"));

        Assert.Equal(["live"], room.Drain().Entries.Texts());
    }

    [Fact]
    public void Rejoin_OlderAttachment_DoesNotMoveTheMember()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, attachment: 3, edge: Some.OtherEdge);
        room.Rejoin(Some.AnnsPhone, 2, edge: Some.Edge);
        room.Publish(Some.Reliable("live"));

        Assert.Empty(room.Drain(Some.Edge).Entries);
        Assert.Equal(["live"], room.Drain(Some.OtherEdge).Entries.Texts());
    }

    [Fact]
    public void Rejoin_AtAnotherEdge_MovesWhatIsReceived()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, edge: Some.Edge);
        room.Rejoin(Some.AnnsPhone, 2, edge: Some.OtherEdge);
        room.Publish(Some.Reliable("live"));

        Assert.Null(room.Room.FindOutbox(Some.Edge));
        Assert.Equal(["live"], room.Drain(Some.OtherEdge).Entries.Texts());
    }

    [Fact]
    public void Join_Detached_ReceivesOnceItRejoins()
    {
        var room = new RoomHarness();
        room.JoinDetached(Some.AnnsPhone);
        room.Publish(Some.Reliable("missed"));
        Assert.Empty(room.Room.Outboxes);

        Assert.Equal(["missed"], room.Rejoin(Some.AnnsPhone, 2, Some.At(0)).Feed.Missed.Texts());
    }

    [Fact]
    public void DetachEdge_Members_StayWithoutReceiving()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, edge: Some.Edge, presence: true);
        room.Join(Some.AnnsLaptop, edge: Some.Edge);
        room.Join(Some.BobsPhone, edge: Some.OtherEdge);
        room.Room.DetachEdge(Some.Edge);
        room.Publish(Some.Reliable("live"));

        Assert.Equal(3, room.Room.MemberCount);
        Assert.Equal([Some.OtherEdge], room.Room.Outboxes.Select(outbox => outbox.Edge));
        Assert.Equal(["live"], room.Drain(Some.OtherEdge).Entries.Texts());
    }

    [Fact]
    public void Observer_JoinsAndLeaves_SeesBothButNotDetaching()
    {
        var seen = new Observer();
        var room = new RoomHarness();
        room.Room.Observer = seen;
        room.Join(Some.AnnsPhone, state: "{}");
        room.Room.Detach(Some.AnnsPhone, 1);
        room.Rejoin(Some.AnnsPhone, 2);
        room.Leave(Some.AnnsPhone);
        room.Leave(Some.AnnsPhone);

        Assert.Equal(["joined anns-phone {}", "left anns-phone {}"], seen.Events);
    }

    [Fact]
    public void CanCollect_EmptyRoom_OnlyWhenIdleAndExpired()
    {
        var room = new RoomHarness(new RoomOptions
        {
            IdleTime = TimeSpan.FromSeconds(10),
            Feed = new FeedOptions
            {
                MaxAge = TimeSpan.FromSeconds(5),
                IdempotencyWindow = TimeSpan.FromSeconds(30),
            },
        });
        room.Join(Some.AnnsPhone);
        Assert.Null(room.Room.UpkeepAt);
        Assert.False(room.Room.CanCollect(long.MaxValue));

        room.Leave(Some.AnnsPhone);
        AssertCollectable(room, RoomHarness.Start + 10_000);

        room.Publish(Some.Reliable());
        AssertCollectable(room, RoomHarness.Start + 10_000);

        room.Now += 9_000;
        room.Publish(Some.Reliable());
        AssertCollectable(room, RoomHarness.Start + 14_000);

        room.Publish(Some.Reliable(key: "k"));
        AssertCollectable(room, RoomHarness.Start + 39_000);
    }

    [Fact]
    public void Upkeep_WithMembers_TrimsAndGoesOn()
    {
        var room = new RoomHarness(new RoomOptions { Feed = new FeedOptions { MaxAge = TimeSpan.FromSeconds(5) } });
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable());
        Assert.Equal(RoomHarness.Start + 5_000, room.Room.UpkeepAt);

        Assert.False(room.Room.Upkeep(RoomHarness.Start + 5_000));
        Assert.Null(room.Room.UpkeepAt);
    }

    private static void AssertCollectable(RoomHarness room, long at)
    {
        Assert.Equal(at, room.Room.UpkeepAt);
        Assert.False(room.Room.CanCollect(at - 1));
        Assert.True(room.Room.CanCollect(at));
    }

    private sealed class Observer : IRoomObserver
    {
        public List<string> Events { get; } = [];

        public void OnJoined(PresenceMember member) =>
            Events.Add($"joined {member.Connection} {member.State.Text()}");

        public void OnLeft(PresenceMember member) => Events.Add($"left {member.Connection} {member.State.Text()}");
    }
}
