using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Connections;

public sealed class AttachmentsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Open_BeforeTheEdgeIsRegistered_IsUnavailable()
    {
        await using NodeRig rig = new();

        Assert.Equal(BackplaneStatus.Unavailable, (await rig.Backplane.OpenAsync(Some.Ann)).Status);
        Assert.Empty(rig.Cluster.Connections);
    }

    [Fact]
    public async Task Open_ThatIsNotAnswered_IsClosedUntilThatIsHeard()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult first, _) = await rig.OpenAsync();
        rig.Cluster.Fault = new TimeoutException();

        OpenResult opened = await rig.Backplane.OpenAsync(Some.Bob);
        rig.Cluster.Fault = null;
        await Eventually.AdvanceUntilAsync("the close", rig.Time, Step, () => rig.Cluster.Connections.Any(
            grain => grain.Id != first.Connection && grain.Calls is ["close 1"]));

        Assert.Equal(BackplaneStatus.Unavailable, opened.Status);
        Assert.Equal(1, rig.Backplane.ConnectionCount);
    }

    [Fact]
    public async Task Resume_ThatIsNotAnswered_IsDisowned()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        await rig.Backplane.DetachAsync(opened.Connection, 1);
        grain.Fail("resume", new TimeoutException());

        ResumeResult resumed = await rig.Backplane.ResumeAsync(Some.Ann, opened.Token, null, null);
        await Eventually.AdvanceUntilAsync("the disowning", rig.Time, Step, () => grain.Calls.Contains("detach-edge"));

        Assert.Equal(BackplaneStatus.Unavailable, resumed.Status);
        Assert.Equal(0, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Resume_OfAConnectionHeldHere_LetsTheOlderAttachmentGo()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.JoinAsync();

        ResumeResult resumed = await rig.Backplane.ResumeAsync(Some.Ann, opened.Token, null, null);
        await rig.Backplane.DetachAsync(opened.Connection, 1);

        Assert.Equal(2, resumed.Attachment);
        Assert.Equal(1, rig.Backplane.ConnectionCount);
        Assert.Equal(2, rig.Backplane.FeedCount);
        Assert.Contains("detach 1", grain.Calls);
    }

    [Theory]
    [InlineData(BackplaneStatus.NoSuchConnection, BackplaneStatus.NoSuchConnection)]
    [InlineData(BackplaneStatus.NotYetClaimed, BackplaneStatus.Unavailable)]
    public async Task Resume_OfAGrainThatNobodyKnows_IsToBeTriedAgainWhileItMayBeClaimed(BackplaneStatus unknown, BackplaneStatus told)
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        await rig.Backplane.DetachAsync(opened.Connection, 1);
        grain.IsLost = true;
        grain.Unknown = unknown;

        ResumeResult resumed = await rig.Backplane.ResumeAsync(Some.Ann, opened.Token, null, null);

        Assert.Equal(told, resumed.Status);
        Assert.Empty(grain.Claims);
        Assert.Equal(0, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Rejoin_OfAGrainThatWasLostSinceTheResume_ClaimsTheRoomsThatTheResumeNamed()
    {
        RoomName other = new("other");
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        grain.Rooms = [new(Some.Room, Watches: true), new(other, Watches: false)];
        await rig.Backplane.ResumeAsync(Some.Ann, opened.Token, null, null);
        await rig.Backplane.RejoinAsync(opened.Connection, other, null);
        grain.IsLost = true;

        JoinResult rejoined = await rig.Backplane.RejoinAsync(opened.Connection, Some.Room, null);

        Assert.Equal(BackplaneStatus.Ok, rejoined.Status);
        ConnectionClaim claim = Assert.Single(grain.Claims);
        Assert.Equal([new RoomMembership(Some.Room, Watches: true)], claim.Unseen);
        Assert.Equal([other], claim.Rooms.Select(room => room.Room));
    }

    [Fact]
    public async Task Resume_OfAGrainThatWasLostWhileItsSocketIsHere_ClaimsFirst()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        grain.IsLost = true;

        ResumeResult resumed = await rig.Backplane.ResumeAsync(Some.Ann, opened.Token, null, null);

        Assert.Equal(BackplaneStatus.Ok, resumed.Status);
        Assert.Single(grain.Claims);
    }

    [Fact]
    public async Task Detach_ThatIsNotHeard_IsToldAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.JoinAsync();
        grain.Fail("detach", new TimeoutException());

        await rig.Backplane.DetachAsync(opened.Connection, 1);
        await Eventually.AdvanceUntilAsync("a second try", rig.Time, Step, () => grain.Calls.Count(call => call == "detach 1") > 1);
        grain.Fail("detach", null);
        int tries = grain.Calls.Count(call => call == "detach 1");
        await Eventually.AdvanceUntilAsync(
            "the last try", rig.Time, Step, () => grain.Calls.Count(call => call == "detach 1") > tries);

        Assert.Equal(0, rig.Backplane.ConnectionCount);
        Assert.Equal(0, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Detach_ThatIsNeverHeard_IsGivenUp()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        grain.Fail("detach", new TimeoutException());
        DateTimeOffset begun = rig.Time.GetUtcNow();

        await rig.Backplane.DetachAsync(opened.Connection, 1);
        await Eventually.AdvanceUntilAsync(
            "the patience", rig.Time, TimeSpan.FromSeconds(1), () => rig.Time.GetUtcNow() - begun > TimeSpan.FromMinutes(3));
        int tries = grain.Calls.Length;
        grain.Fail("detach", null);
        rig.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.InRange(tries, 50, 200);
        Assert.Equal(tries, grain.Calls.Length);
    }

    [Fact]
    public async Task Disconnect_FromTheCluster_LetsTheConnectionGo()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, _) = await rig.JoinAsync();

        await rig.Sink.DisconnectAsync(opened.Connection, 7, DisconnectReason.Replaced);
        Assert.Equal(1, rig.Backplane.ConnectionCount);
        await rig.Sink.DisconnectAsync(opened.Connection, 1, DisconnectReason.Ended);

        Assert.Equal(0, rig.Backplane.ConnectionCount);
        Assert.Equal(0, rig.Backplane.FeedCount);
        Assert.Equal(["disconnect 7 Replaced", "disconnect 1 Ended"], rig.Edge.Lines);
    }

    [Fact]
    public async Task Claim_OvertakenByTheEndOfItsSocket_IsFollowedByADetach()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.JoinAsync();
        grain.IsLost = true;
        grain.OnClaim = () => rig.Backplane.DetachAsync(opened.Connection, 1).AsTask().GetAwaiter().GetResult();

        await rig.Backplane.LeaveAsync(opened.Connection, Some.Room);
        await Eventually.AdvanceUntilAsync(
            "the detach after the claim", rig.Time, Step, () => grain.Calls.Count(call => call == "detach 1") == 2);
    }

    [Fact]
    public async Task Token_ThatIsNone_NamesNoConnection()
    {
        await using NodeRig rig = await NodeRig.StartAsync();

        ResumeResult resumed = await rig.Backplane.ResumeAsync(Some.Ann, "nonsense", null, null);

        Assert.Equal(BackplaneStatus.NoSuchConnection, resumed.Status);
        Assert.Equal(0, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Names_AreMadeHere()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, _) = await rig.OpenAsync();

        Assert.StartsWith("edge~", rig.Backplane.Id.Value, StringComparison.Ordinal);
        Assert.True(ResumeToken.TryGetConnection(opened.Token, out ConnectionId named));
        Assert.Equal(opened.Connection, named);
        Assert.Equal(Some.At(0), opened.User);
    }
}
