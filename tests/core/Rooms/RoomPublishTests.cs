using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomPublishTests
{
    private static readonly Sender Ann = RoomHarness.SenderOf(Some.AnnsPhone);

    [Fact]
    public void Publish_ByMember_ReachesEveryEdgeOnce()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, edge: Some.Edge);
        room.Join(Some.AnnsLaptop, edge: Some.Edge);
        room.Join(Some.BobsPhone, edge: Some.OtherEdge);

        PublishResult result = room.Publish(Some.Reliable("a", from: Ann));

        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), result);
        Assert.Equal(["a"], room.Drain(Some.Edge).Entries.Texts());
        Assert.Equal(["a"], room.Drain(Some.OtherEdge).Entries.Texts());
        Assert.False(room.Room.HasWork);
    }

    [Fact]
    public void Publish_ByNonMember_IsNotJoined()
    {
        var room = new RoomHarness();
        room.Join(Some.BobsPhone);

        Assert.Equal(BackplaneStatus.NotJoined, room.Publish(Some.Reliable("a", from: Ann)).Status);
        Assert.Equal(Some.At(0), room.Room.Head);
    }

    [Fact]
    public void Publish_ByDetachedMember_IsOk()
    {
        var room = new RoomHarness();
        room.JoinDetached(Some.AnnsPhone);

        Assert.Equal(BackplaneStatus.Ok, room.Publish(Some.Reliable("a", from: Ann)).Status);
    }

    [Fact]
    public void Publish_Volatile_IsAnsweredWithTheHeadAndNotKept()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable("a"));

        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), false), room.Publish(Some.Volatile("typing")));
        Assert.Equal(["a", "typing"], room.Drain().Entries.Texts());
        Assert.Equal(["a"], room.Join(Some.BobsPhone, Some.At(0)).Feed.Missed.Texts());
    }

    [Fact]
    public void Publish_Duplicate_IsAnsweredWithTheFirstPositionAndReachesNobody()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable("a", "k", Ann));
        room.Publish(Some.Reliable("b", from: Ann));
        room.Drain();

        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true), room.Publish(Some.Reliable("a", "k", Ann)));
        Assert.False(room.Room.HasWork);
    }

    [Fact]
    public void Publish_PayloadTooLarge_IsRefused()
    {
        var room = new RoomHarness(new RoomOptions { MaxPayloadBytes = 10 });

        Assert.Equal(BackplaneStatus.Ok, room.Publish(Some.Sized(10)).Status);
        Assert.Equal(BackplaneStatus.PayloadTooLarge, room.Publish(Some.Sized(11)).Status);
        Assert.Equal(Some.At(1), room.Room.Head);
    }

    [Fact]
    public void Publish_Malformed_IsRefused()
    {
        var room = new RoomHarness();
        string longest = new('é', 32);
        Publication[] malformed =
        [
            Some.Latest("x") with { Slot = null },
            Some.Latest(""),
            Some.Latest(longest + "x"),
            Some.Reliable() with { Slot = "x" },
            Some.Volatile() with { Slot = "x" },
            Some.Volatile() with { Key = "k" },
            Some.Reliable(key: ""),
            Some.Reliable(key: longest + "x"),
        ];

        Assert.All(
            malformed, publication => Assert.Equal(BackplaneStatus.Refused, room.Publish(publication).Status));
        Assert.Equal(BackplaneStatus.Ok, room.Publish(Some.Latest(longest, key: longest)).Status);
    }

    [Fact]
    public void Publish_KeyWithoutAWindow_IsRefused()
    {
        var room = new RoomHarness(
            new RoomOptions { Feed = new FeedOptions { IdempotencyWindow = TimeSpan.Zero } });

        Assert.Equal(BackplaneStatus.Refused, room.Publish(Some.Reliable(key: "k")).Status);
        Assert.Equal(BackplaneStatus.Ok, room.Publish(Some.Reliable()).Status);
    }

    [Fact]
    public void Join_WhileEntriesWait_BeginsAfterTheHeadItWasGiven()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable("before"));
        JoinResult bob = room.Join(Some.BobsPhone);
        room.Publish(Some.Reliable("after"));

        // One stream for the edge: what is up to a receiver's head is not for that one.
        Assert.Equal([1, 2], room.Drain().Entries.Offsets());
        Assert.Equal(Some.At(1), bob.Feed.Head);
    }

    [Fact]
    public void Leave_LastOfAnEdge_ForgetsWhatWaitsForIt()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone, edge: Some.Edge);
        room.Join(Some.BobsPhone, edge: Some.OtherEdge);
        room.Publish(Some.Reliable("a"));
        room.Leave(Some.AnnsPhone);

        Assert.Null(room.Room.FindOutbox(Some.Edge));
        Assert.Equal(["a"], room.Drain(Some.OtherEdge).Entries.Texts());
    }

    [Fact]
    public void Join_AgainWhileABatchIsInFlight_KeepsToOneFlightAtATime()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable("a"));
        EdgeOutbox outbox = room.Room.FindOutbox(Some.Edge)!;
        Assert.True(outbox.TryTake(out _));

        room.Leave(Some.AnnsPhone);
        room.Publish(Some.Reliable("nobody is there"));
        room.Join(Some.AnnsPhone);
        room.Publish(Some.Reliable("b"));

        Assert.Same(outbox, room.Room.FindOutbox(Some.Edge));
        Assert.False(outbox.TryTake(out _));
        outbox.Complete();
        Assert.Equal(["b"], room.Drain().Entries.Texts());
    }

    [Fact]
    public void Read_ByMember_IsAPage()
    {
        var room = new RoomHarness();
        room.Join(Some.AnnsPhone);
        Assert.Equal(BackplaneStatus.Ok, room.Room.Read(Some.AnnsPhone, new HistoryQuery(null, true, 5), room.Now).Status);
        Assert.Equal(
            BackplaneStatus.PositionUnknown,
            room.Room.Read(Some.AnnsPhone, new HistoryQuery(Some.At(1), true, 5), room.Now).Status);

        room.Publish(Some.Reliable("a", from: Ann));
        HistoryResult page = room.Room.Read(Some.AnnsPhone, new HistoryQuery(null, true, 5), room.Now);

        Assert.Equal(["a"], page.Entries.Texts());
        Assert.Equal(Some.At(1), page.Head);
    }

    [Fact]
    public void Read_ByNonMember_IsNotJoined()
    {
        var room = new RoomHarness();
        room.Publish(Some.Reliable("a"));

        HistoryResult page = room.Room.Read(Some.AnnsPhone, new HistoryQuery(null, true, 5), room.Now);

        Assert.Equal(BackplaneStatus.NotJoined, page.Status);
        Assert.Empty(page.Entries);
    }
}
