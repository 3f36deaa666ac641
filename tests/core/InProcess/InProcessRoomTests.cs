using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class InProcessRoomTests
{
    [Fact]
    public async Task Publish_ToMembers_IsAckedThenDelivered()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        OpenResult bob = harness.Open(Some.Bob);
        Position head = harness.Join(ann, Some.Room).Feed.Head;
        harness.Join(bob, Some.Room);

        PublishResult result = harness.Publish(
            Some.Room, Some.Reliable("hello", from: BackplaneHarness.SenderOf(ann, Some.Ann)));

        Assert.Equal(new PublishResult(BackplaneStatus.Ok, head with { Offset = 1 }, false), result);
        Assert.Equal(["Room room: 1 hello"], await harness.Edge.NextAsync(1, "delivery"));
    }

    [Fact]
    public async Task Publish_ByNonMemberOrToNoRoom_IsNotJoined()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        Publication publication = Some.Reliable("x", from: BackplaneHarness.SenderOf(ann, Some.Ann));

        Assert.Equal(BackplaneStatus.NotJoined, harness.Publish(Some.Room, publication).Status);
        Assert.Equal(0, harness.Backplane.RoomCount);
        harness.Publish(Some.Room, Some.Reliable("from the server"));
        Assert.Equal(BackplaneStatus.NotJoined, harness.Publish(Some.Room, publication).Status);
    }

    [Fact]
    public async Task Publish_ByTheServerToNobody_IsKeptInAnewRoom()
    {
        await using var harness = new BackplaneHarness();
        Assert.Equal(BackplaneStatus.Ok, harness.Publish(Some.Room, Some.Reliable("early")).Status);
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);

        Assert.Equal(["early"], harness.Read(ann, FeedId.Of(Some.Room)).Entries.Texts());
    }

    [Fact]
    public async Task Join_Refusals_LeaveNoTraceInTheConnection()
    {
        var options = new InProcessOptions();
        options.Rooms.Kinds.Add(new RoomKind { Pattern = "small", Options = new RoomOptions { MaxMembers = 1 } });
        options.Connections.MaxRooms = 1;
        await using var harness = new BackplaneHarness(options);
        OpenResult ann = harness.Open(Some.Ann);
        OpenResult bob = harness.Open(Some.Bob);
        var small = new RoomName("small");

        Assert.Equal(BackplaneStatus.Ok, harness.Join(ann, small).Status);
        Assert.Equal(BackplaneStatus.AlreadyJoined, harness.Join(ann, small).Status);
        Assert.Equal(BackplaneStatus.TooManyRooms, harness.Join(ann, Some.Room).Status);
        Assert.Equal(BackplaneStatus.RoomFull, harness.Join(bob, small).Status);
        Assert.Equal(BackplaneStatus.Ok, harness.Join(bob, Some.Room).Status);
        Assert.Equal(BackplaneStatus.NotJoined, harness.Rejoin(bob, small).Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection,
            harness.Join(ann with { Connection = new ConnectionId("nobody") }, Some.Room).Status);
    }

    [Fact]
    public async Task Leave_Member_IsOutAndMayComeBack()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);

        Assert.Equal(BackplaneStatus.Ok, harness.Leave(ann, Some.Room));
        Assert.Equal(BackplaneStatus.NotJoined, harness.Leave(ann, Some.Room));
        Assert.Equal(BackplaneStatus.NotJoined, harness.Presence(ann, Some.Room).Status);
        Assert.Equal(BackplaneStatus.Ok, harness.Join(ann, Some.Room).Status);
    }

    [Fact]
    public async Task Presence_Changes_AreToldToTheEdge()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        OpenResult bob = harness.Open(Some.Bob);
        harness.Join(ann, Some.Room, presence: true);
        long begin = BackplaneHarness.FirstVersion;

        harness.Join(bob, Some.Room);
        Assert.Equal([$"Presence room: {begin + 1}-{begin + 2} count 2"], await harness.Edge.NextAsync(1, "join"));
        Assert.Equal(BackplaneStatus.Ok, harness.SetState(bob, Some.Room, "{}"));
        Assert.Equal([$"Presence room: {begin + 2}-{begin + 3} count 2"], await harness.Edge.NextAsync(1, "state"));
        harness.Close(bob);
        Assert.Equal([$"Presence room: {begin + 3}-{begin + 4} count 1"], await harness.Edge.NextAsync(1, "close"));

        PresenceSnapshot snapshot = harness.Presence(ann, Some.Room).Presence!;
        Assert.Equal((begin + 4, 1), (snapshot.Version, snapshot.Count));
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Presence(bob, Some.Room).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.SetState(bob, Some.Room, "{}"));
        Assert.Equal(BackplaneStatus.NotJoined, harness.SetState(ann, new RoomName("other"), "{}"));
    }

    [Fact]
    public async Task Kinds_ByName_DecideWhatARoomDoes()
    {
        var options = new InProcessOptions();
        options.Rooms.Kinds.Add(new RoomKind
        {
            Pattern = "quiet:*",
            Options = new RoomOptions { Presence = PresenceMode.Off, MaxPayloadBytes = 1 },
        });
        await using var harness = new BackplaneHarness(options);
        OpenResult ann = harness.Open(Some.Ann);
        var quiet = new RoomName("quiet:1");
        harness.Join(ann, quiet);

        Assert.Equal(BackplaneStatus.PresenceOff, harness.Presence(ann, quiet).Status);
        Assert.Equal(BackplaneStatus.PayloadTooLarge, harness.Publish(quiet, Some.Reliable("xx")).Status);
    }

    [Fact]
    public async Task Deliver_Overflow_TellsTheEdgeWhatItLost()
    {
        var options = new InProcessOptions();
        options.Rooms.Default.Feed.Outbox.MaxPendingCount = 2;
        await using var harness = new BackplaneHarness(options);
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);
        using var inCall = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        harness.Edge.OnCall = line =>
        {
            if (line.EndsWith("first", StringComparison.Ordinal))
            {
                inCall.Release();
                goOn.Wait();
            }
        };
        harness.Publish(Some.Room, Some.Reliable("first"));
        Assert.True(await inCall.WaitAsync(TimeSpan.FromSeconds(20)), "first delivery");
        foreach (string text in new[] { "2", "3", "4", "5" })
        {
            harness.Publish(Some.Room, Some.Reliable(text));
        }

        goOn.Set();
        Assert.Equal(
            ["Room room: 1 first", "Room room: lost up to 4", "Room room: 5 5"],
            await harness.Edge.NextAsync(3, "the rest"));
    }

    [Fact]
    public async Task EmptyRoom_IdleAndExpired_IsCollected()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        JoinResult first = harness.Join(ann, Some.Room);
        harness.Publish(Some.Room, Some.Reliable("kept"));
        harness.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(1, harness.Backplane.RoomCount);
        harness.Publish(Some.Room, Some.Reliable("kept"));
        harness.Leave(ann, Some.Room);

        harness.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        JoinResult back = harness.Join(ann, Some.Room, first.Feed.Head with { Offset = 1 });
        Assert.Equal(["kept"], back.Feed.Missed.Texts());
        harness.Leave(ann, Some.Room);

        harness.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, harness.Backplane.RoomCount);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, harness.Backplane.RoomCount);

        JoinResult anew = harness.Join(ann, Some.Room, first.Feed.Head);
        Assert.Equal(RecoveryOutcome.EpochChanged, anew.Feed.Outcome);
    }

    [Fact]
    public async Task Read_OwnFeeds_AreOpenAndThoseOfOthersAreNot()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        OpenResult bob = harness.Open(Some.Bob);
        harness.Join(ann, Some.Room);
        harness.Publish(Some.Room, Some.Reliable("room"));
        harness.Send(Some.Ann, Some.Reliable("user"));
        harness.Send(ann, Some.Reliable("connection"));
        FeedId[] feeds = [FeedId.Of(Some.Room), FeedId.Of(Some.Ann), FeedId.Of(ann.Connection)];

        Assert.Equal(
            ["room", "user", "connection"],
            feeds.SelectMany(feed => harness.Read(ann, feed).Entries.Texts()));
        Assert.All(feeds, feed => Assert.Equal(BackplaneStatus.NotJoined, harness.Read(bob, feed).Status));
        Assert.Equal(BackplaneStatus.NotJoined, harness.Read(ann, FeedId.Of(new RoomName("none"))).Status);
        harness.Close(bob);
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Read(bob, feeds[0]).Status);
    }
}
