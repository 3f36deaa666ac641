using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class InProcessConnectionTests
{
    [Fact]
    public async Task Open_Connection_HasIdsPositionsAndAToken()
    {
        await using var harness = new BackplaneHarness();

        OpenResult ann = harness.Open(Some.Ann);

        Assert.Equal(BackplaneStatus.Ok, ann.Status);
        Assert.Equal(1, ann.Attachment);
        Assert.StartsWith(ann.Connection.Value + ".", ann.Token, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (ann.User.Offset, ann.Own.Offset));
        Assert.NotEqual(ann.User.Epoch, ann.Own.Epoch);
        Assert.Equal(ann.User, harness.Open(Some.Ann).User);
        Assert.Equal((2, 1), (harness.Backplane.ConnectionCount, harness.Backplane.UserCount));
    }

    [Fact]
    public async Task Resume_WithinGrace_RecoversRoomsUserAndOwnFeed()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        JoinResult joined = harness.Join(ann, Some.Room);
        harness.Detach(ann);
        harness.Publish(Some.Room, Some.Reliable("room"));
        harness.Send(Some.Ann, Some.Reliable("user"));
        harness.Send(ann, Some.Reliable("own"));
        harness.Time.Advance(TimeSpan.FromSeconds(9.999));

        ResumeResult resumed = harness.Resume(Some.Ann, ann.Token, ann.User, ann.Own);
        JoinResult rejoined = harness.Rejoin(ann, Some.Room, joined.Feed.Head);

        Assert.Equal((BackplaneStatus.Ok, 2L), (resumed.Status, resumed.Attachment));
        Assert.Equal(ann.Connection, resumed.Connection);
        Assert.Equal([Some.Room], resumed.Rooms.Select(joined => joined.Room));
        Assert.Equal(["user"], resumed.User.Missed.Texts());
        Assert.Equal(["own"], resumed.Own.Missed.Texts());
        Assert.Equal(["room"], rejoined.Feed.Missed.Texts());
        Assert.Empty(harness.Edge.Rest());

        harness.Time.Advance(TimeSpan.FromMinutes(1));
        harness.Publish(Some.Room, Some.Reliable("room 2"));
        Assert.Equal(["Room room: 2 room 2"], await harness.Edge.NextAsync(1, "room"));
        harness.Send(Some.Ann, Some.Reliable("user 2"));
        Assert.Equal(["User ann: 2 user 2"], await harness.Edge.NextAsync(1, "user"));
        harness.Send(ann, Some.Reliable("own 2"));
        Assert.Equal([$"Connection {ann.Connection}: 2 own 2"], await harness.Edge.NextAsync(1, "own"));
    }

    [Fact]
    public async Task Resume_StillAttached_DisconnectsTheOldSocket()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);

        Assert.Equal(2, harness.Resume(Some.Ann, ann.Token).Attachment);
        Assert.Equal(["Disconnect 1 Replaced"], harness.Edge.Rest());

        harness.Detach(ann, 1);
        harness.Close(ann, 1);
        harness.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, harness.Resume(Some.Ann, ann.Token).Attachment);
        Assert.Equal(["Disconnect 2 Replaced"], harness.Edge.Rest());
        Assert.Equal(BackplaneStatus.Ok, harness.Rejoin(ann, Some.Room).Status);
    }

    [Fact]
    public async Task Resume_Replaced_ReceivesARoomOnlyOnceItRejoins()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        Position start = harness.Join(ann, Some.Room).Feed.Head;
        harness.Resume(Some.Ann, ann.Token);
        harness.Edge.Rest();
        harness.Publish(Some.Room, Some.Reliable("missed"));

        Assert.Equal(["missed"], harness.Rejoin(ann, Some.Room, start).Feed.Missed.Texts());
        harness.Publish(Some.Room, Some.Reliable("live"));
        Assert.Equal(["Room room: 2 live"], await harness.Edge.NextAsync(1, "live"));
    }

    [Fact]
    public async Task Resume_Refusals_AreTold()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        string forged = ann.Token[..^1] + (ann.Token[^1] == 'A' ? 'B' : 'A');

        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Resume(Some.Ann, "nonsense").Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection, harness.Resume(Some.Ann, "x" + ann.Token[1..]).Status);
        Assert.Equal(BackplaneStatus.WrongToken, harness.Resume(Some.Ann, forged).Status);
        Assert.Equal(BackplaneStatus.ForeignToken, harness.Resume(Some.Bob, ann.Token).Status);
        Assert.Empty(harness.Edge.Rest());
    }

    [Fact]
    public async Task Detach_GraceOver_LeavesTheRoomsAndIsGone()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        OpenResult bob = harness.Open(Some.Bob);
        harness.Join(bob, Some.Room, presence: true);
        harness.Join(ann, Some.Room);
        await harness.Edge.NextAsync(1, "join");
        harness.Detach(ann);

        harness.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(2, harness.Presence(bob, Some.Room).Presence!.Count);
        Assert.Equal(2, harness.Backplane.ConnectionCount);
        harness.Time.Advance(TimeSpan.FromSeconds(1));

        long begin = BackplaneHarness.FirstVersion;
        Assert.Equal([$"Presence room: {begin + 2}-{begin + 3} count 1"], await harness.Edge.NextAsync(1, "leave"));
        Assert.Equal((1, 1), (harness.Backplane.ConnectionCount, harness.Backplane.UserCount));
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Resume(Some.Ann, ann.Token).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Send(ann, Some.Reliable()).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Send(Some.Ann, Some.Reliable()).Status);
    }

    [Fact]
    public async Task Detach_AgainAndAgain_EachGraceIsItsOwn()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        harness.Send(ann, Some.Reliable("a history that expires long after the grace period"));
        for (long attachment = 1; attachment < 4; attachment++)
        {
            harness.Detach(ann, attachment);
            harness.Time.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal(attachment + 1, harness.Resume(Some.Ann, ann.Token).Attachment);
        }

        harness.Detach(ann, 4);
        harness.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, harness.Backplane.ConnectionCount);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, harness.Backplane.ConnectionCount);
    }

    [Fact]
    public async Task Resume_BetweenGraceAndUpkeep_IsNoSuchConnection()
    {
        var options = new InProcessOptions();
        options.Connections.Grace = TimeSpan.FromMilliseconds(1500);
        await using var harness = new BackplaneHarness(options);
        OpenResult ann = harness.Open(Some.Ann);
        harness.Detach(ann);
        harness.Time.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(1, harness.Backplane.ConnectionCount);
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Resume(Some.Ann, ann.Token).Status);
    }

    [Fact]
    public async Task Join_InGrace_IsReceivedAfterTheResume()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        harness.Detach(ann);
        Position head = harness.Join(ann, Some.Room).Feed.Head;
        harness.Publish(Some.Room, Some.Reliable("missed"));

        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Rejoin(ann, Some.Room).Status);
        Assert.Equal([Some.Room], harness.Resume(Some.Ann, ann.Token).Rooms.Select(joined => joined.Room));
        Assert.Equal(["missed"], harness.Rejoin(ann, Some.Room, head).Feed.Missed.Texts());
        Assert.Empty(harness.Edge.Rest());
    }

    [Fact]
    public async Task Send_ToUser_ReachesItsConnections()
    {
        await using var harness = new BackplaneHarness();
        harness.Open(Some.Ann);
        harness.Open(Some.Ann);

        PublishResult result = harness.Send(Some.Ann, Some.Reliable("a", "key"));
        Assert.Equal((BackplaneStatus.Ok, 1L, false), (result.Status, result.Position.Offset, result.Duplicate));
        Assert.Equal(result with { Duplicate = true }, harness.Send(Some.Ann, Some.Reliable("a", "key")));
        Assert.Equal(["User ann: 1 a"], await harness.Edge.NextAsync(1, "once for the edge"));
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Send(Some.Bob, Some.Reliable()).Status);
    }

    [Fact]
    public async Task User_LastConnectionClosed_LivesAsLongAsItsFeed()
    {
        await using var harness = new BackplaneHarness();
        OpenResult phone = harness.Open(Some.Ann);
        harness.Send(Some.Ann, Some.Reliable("a"));
        harness.Time.Advance(TimeSpan.FromMinutes(4));
        harness.Close(phone);

        Assert.Equal(BackplaneStatus.Ok, harness.Send(Some.Ann, Some.Reliable("b")).Status);
        OpenResult laptop = harness.Open(Some.Ann);
        Assert.Equal(phone.User with { Offset = 2 }, laptop.User);
        Assert.Equal(["a", "b"], harness.Read(laptop, FeedId.Of(Some.Ann)).Entries.Texts());
        harness.Close(laptop);

        harness.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, harness.Backplane.UserCount);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, harness.Backplane.UserCount);
        Assert.NotEqual(phone.User.Epoch, harness.Open(Some.Ann).User.Epoch);
    }

    [Fact]
    public async Task Close_Connection_IsGoneAtOnce()
    {
        await using var harness = new BackplaneHarness();
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room);
        harness.Close(ann);
        harness.Close(ann);
        harness.Detach(ann);

        Assert.Equal((0, 0), (harness.Backplane.ConnectionCount, harness.Backplane.UserCount));
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Leave(ann, Some.Room));
        Assert.Equal(BackplaneStatus.NoSuchConnection, harness.Rejoin(ann, Some.Room).Status);
    }
}
