using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomPresenceTests
{
    private const long Begin = RoomHarness.FirstVersion;

    [Fact]
    public void Join_WithPresence_GivesASnapshotWithItself()
    {
        var room = new RoomHarness();
        room.Join(Some.BobsPhone, state: """{"x":1}""");

        JoinResult result = room.Join(Some.AnnsPhone, presence: true);

        Assert.True(result.WantsPresence);
        PresenceSnapshot snapshot = result.Presence!;
        Assert.Equal(PresenceMode.Full, snapshot.Mode);
        Assert.Equal(Begin + 2, snapshot.Version);
        Assert.Equal(2, snapshot.Count);
        Assert.Equal(
            ["""bob bobs-phone {"x":1}""", "ann anns-phone "],
            snapshot.Members.Select(member => $"{member.User} {member.Connection} {member.State.Text()}"));
        Assert.Empty(room.Drain().Presence);
    }

    [Fact]
    public void Flush_JoinsLeavesUpdates_AreOneChange()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);
        room.Drain();

        room.Join(Some.AnnsLaptop, state: "1");
        room.Leave(Some.BobsPhone);
        room.Room.SetState(Some.AnnsPhone, Some.Bytes("2"));
        PresenceChange change = Assert.Single(room.Drain().Presence);

        Assert.Equal(PresenceMode.Full, change.Mode);
        Assert.Equal(Begin + 2, change.After);
        Assert.Equal(Begin + 5, change.Version);
        Assert.Equal(2, change.Count);
        Assert.Equal([Some.AnnsLaptop], change.Joined.Select(member => member.Connection));
        Assert.Equal("1", change.Joined[0].State.Text());
        Assert.Equal([Some.BobsPhone], change.Left);
        Assert.Equal([Some.AnnsPhone], change.Updated.Select(member => member.Connection));
        Assert.Equal("2", change.Updated[0].State.Text());
    }

    [Fact]
    public void Flush_JoinedAndLeftInBetween_TellsNothing()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);
        room.Leave(Some.BobsPhone);
        Assert.False(room.Room.HasWork);
        Assert.Empty(room.Drain().Presence);

        room.Join(Some.AnnsLaptop);
        PresenceChange change = Assert.Single(room.Drain().Presence);
        Assert.Equal((Begin + 1, Begin + 4), (change.After, change.Version));
    }

    [Fact]
    public void Flush_JoinedSeenBySomebodyAndLeft_TellsThatItLeft()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);
        Assert.Equal(3, room.Join(Some.AnnsLaptop, presence: true).Presence!.Members.Count);
        room.Leave(Some.BobsPhone);

        PresenceChange change = Assert.Single(room.Drain().Presence);
        Assert.Equal([Some.BobsPhone], change.Left);
        Assert.Equal([Some.AnnsLaptop], change.Joined.Select(member => member.Connection));
    }

    [Fact]
    public void Flush_UpdatedTwice_TellsTheLast()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Room.SetState(Some.AnnsPhone, Some.Bytes("1"));
        room.Room.SetState(Some.AnnsPhone, Some.Bytes("2"));

        PresenceChange change = Assert.Single(room.Drain().Presence);
        Assert.Equal("2", Assert.Single(change.Updated).State.Text());
        Assert.Equal((Begin + 1, Begin + 3), (change.After, change.Version));
    }

    [Fact]
    public void Flush_JoinedAndUpdated_TellsOneJoinWithTheNewState()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone, state: "1");
        room.Room.SetState(Some.BobsPhone, Some.Bytes("2"));

        PresenceChange change = Assert.Single(room.Drain().Presence);
        Assert.Equal("2", Assert.Single(change.Joined).State.Text());
        Assert.Empty(change.Updated);
    }

    [Fact]
    public void Flush_LeftAndCameBack_TellsBoth()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);
        room.Drain();
        room.Leave(Some.BobsPhone);
        room.Join(Some.BobsPhone);

        PresenceChange change = Assert.Single(room.Drain().Presence);
        Assert.Equal([Some.BobsPhone], change.Left);
        Assert.Equal([Some.BobsPhone], change.Joined.Select(member => member.Connection));
    }

    [Fact]
    public void Flush_ManyEdges_TellsThoseWhereSomebodyWatches()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true, edge: Some.Edge);
        room.Join(Some.BobsPhone, edge: Some.OtherEdge);

        Assert.Single(room.Drain(Some.Edge).Presence);
        Assert.Empty(room.Drain(Some.OtherEdge).Presence);
    }

    [Fact]
    public void Flush_WatcherDetached_TellsNothingAndKeepsNothing()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);
        room.Room.Detach(Some.AnnsPhone, 1);
        room.Join(Some.AnnsLaptop);
        Assert.Empty(room.Drain().Presence);

        JoinResult back = room.Rejoin(Some.AnnsPhone, 2);
        Assert.True(back.WantsPresence);
        Assert.Equal((Begin + 3, 3), (back.Presence!.Version, back.Presence.Count));
        Assert.Empty(room.Drain().Presence);

        room.Leave(Some.AnnsLaptop);
        Assert.Equal((Begin + 3, Begin + 4), room.Drain().Presence.Select(change => (change.After, change.Version)).Single());
    }

    [Fact]
    public void Detach_Member_StaysInPresence()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Join(Some.BobsPhone);
        room.Room.Detach(Some.BobsPhone, 1);

        PresenceSnapshot snapshot = room.Room.Presence(Some.AnnsPhone).Presence!;
        Assert.Equal([Some.AnnsPhone, Some.BobsPhone], snapshot.Members.Select(member => member.Connection));
        Assert.Equal(Begin + 2, snapshot.Version);
    }

    [Fact]
    public void Presence_ByNonMember_IsNotJoined()
    {
        Assert.Equal(
            new PresenceResult(BackplaneStatus.NotJoined, null), new RoomHarness().Room.Presence(Some.AnnsPhone));
    }

    [Fact]
    public void CountMode_JoinsAndLeaves_TellTheCountOnly()
    {
        var room = new RoomHarness(new RoomOptions { Presence = PresenceMode.Count });
        JoinResult ann = room.Join(Some.AnnsPhone, presence: true, state: "{}");
        Assert.True(ann.WantsPresence);
        Assert.Equal((PresenceMode.Count, Begin + 1, 1), (ann.Presence!.Mode, ann.Presence.Version, ann.Presence.Count));
        Assert.Empty(ann.Presence.Members);
        Assert.Empty(room.Drain().Presence);

        room.Join(Some.BobsPhone);
        room.Join(Some.AnnsLaptop);
        room.Leave(Some.BobsPhone);
        PresenceChange change = Assert.Single(room.Drain().Presence);

        Assert.Equal(
            (PresenceMode.Count, Begin + 1, Begin + 4, 2), (change.Mode, change.After, change.Version, change.Count));
        Assert.Empty(change.Joined);
        Assert.Empty(change.Left);
        Assert.Empty(change.Updated);
        Assert.Equal(PresenceMode.Count, room.Room.Presence(Some.AnnsPhone).Presence!.Mode);
    }

    [Fact]
    public void CountMode_SameCountAgain_IsToldOnlyIfASnapshotShowedAnother()
    {
        var room = new RoomHarness(new RoomOptions { Presence = PresenceMode.Count });
        room.Join(Some.AnnsPhone, presence: true);
        room.Drain();
        room.Join(Some.BobsPhone);
        room.Leave(Some.BobsPhone);
        Assert.Empty(room.Drain().Presence);

        room.Join(Some.BobsPhone);
        Assert.Equal(2, room.Room.Presence(Some.AnnsPhone).Presence!.Count);
        room.Leave(Some.BobsPhone);
        Assert.Equal(1, Assert.Single(room.Drain().Presence).Count);
    }

    [Fact]
    public void OffMode_Anything_TellsNothing()
    {
        var room = new RoomHarness(new RoomOptions { Presence = PresenceMode.Off });
        JoinResult ann = room.Join(Some.AnnsPhone, presence: true);
        room.Join(Some.BobsPhone);

        Assert.False(ann.WantsPresence);
        Assert.Null(ann.Presence);
        Assert.Empty(room.Drain().Presence);
        Assert.Equal(BackplaneStatus.PresenceOff, room.Room.Presence(Some.AnnsPhone).Status);
    }

    [Theory]
    [InlineData(PresenceMode.Full, BackplaneStatus.Ok)]
    [InlineData(PresenceMode.Count, BackplaneStatus.PresenceOff)]
    [InlineData(PresenceMode.Off, BackplaneStatus.PresenceOff)]
    public void SetState_ByMode_IsAcceptedOnlyWhereItIsShown(PresenceMode mode, BackplaneStatus status)
    {
        var room = new RoomHarness(new RoomOptions { Presence = mode });
        room.Join(Some.AnnsPhone);

        Assert.Equal(status, room.Room.SetState(Some.AnnsPhone, Some.Bytes("{}")));
    }

    [Fact]
    public void SetState_TooLargeOrNoMember_IsRefused()
    {
        var room = new RoomHarness(new RoomOptions { MaxStateBytes = 2 });
        room.Join(Some.AnnsPhone, state: "{}");

        Assert.Equal(BackplaneStatus.NotJoined, room.Room.SetState(Some.BobsPhone, Some.Bytes("{}")));
        Assert.Equal(BackplaneStatus.StateTooLarge, room.Room.SetState(Some.AnnsPhone, Some.Bytes("{ }")));
        Assert.Equal("{}", room.Room.Presence(Some.AnnsPhone).Presence!.Members[0].State.Text());
        Assert.Equal(BackplaneStatus.Ok, room.Room.SetState(Some.AnnsPhone, default));
        Assert.Equal("", room.Room.Presence(Some.AnnsPhone).Presence!.Members[0].State.Text());
    }

    [Fact]
    public void Join_StateBuffer_IsCopied()
    {
        var room = new RoomHarness();
        byte[] buffer = [.. Some.Bytes("{}").Span];
        room.Room.Join(
            new RoomJoin(Some.AnnsPhone, Some.Ann, Some.Edge, 1, new JoinOptions(null, false, buffer)), room.Now);
        buffer[0] = 0;

        Assert.Equal("{}", room.Room.Presence(Some.AnnsPhone).Presence!.Members[0].State.Text());
    }
}
