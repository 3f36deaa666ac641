using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Rooms;

public sealed class RoomCallsTests
{
    [Fact]
    public async Task Member_ThatTheRoomForgot_IsClaimedAndServed()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        bool known = false;
        rig.Cluster.RoomOf(Some.Room).Knows = _ => known;
        grain.OnClaim = () => known = true;

        BackplaneStatus state = await rig.Backplane.SetStateAsync(ann.Connection, Some.Room, Some.Bytes("{}"));
        known = false;
        PresenceResult presence = await rig.Backplane.PresenceAsync(ann.Connection, Some.Room);
        known = false;
        HistoryResult history = await rig.Backplane.ReadAsync(ann.Connection, FeedId.Of(Some.Room), new HistoryQuery(null, true, 10));

        Assert.Equal(BackplaneStatus.Ok, state);
        Assert.Equal(BackplaneStatus.Ok, presence.Status);
        Assert.Equal(BackplaneStatus.Ok, history.Status);
        Assert.Equal(3, grain.Claims.Length);
    }

    [Fact]
    public async Task Member_WhomTheRoomDoesNotKnowThoughItsClaimHolds_IsToldToTryAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        rig.Cluster.RoomOf(Some.Room).Knows = static _ => false;

        BackplaneStatus state = await rig.Backplane.SetStateAsync(ann.Connection, Some.Room, Some.Bytes("{}"));
        PresenceResult presence = await rig.Backplane.PresenceAsync(ann.Connection, Some.Room);
        HistoryResult history = await rig.Backplane.ReadAsync(ann.Connection, FeedId.Of(Some.Room), new HistoryQuery(null, true, 10));

        Assert.Equal(BackplaneStatus.Unavailable, state);
        Assert.Equal(BackplaneStatus.Unavailable, presence.Status);
        Assert.Equal(BackplaneStatus.Unavailable, history.Status);
        Assert.Equal(3, grain.Claims.Length);
    }

    [Fact]
    public async Task Connection_ThatIsNoMember_IsNotJoinedWithoutAClaim()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.OpenAsync();
        rig.Cluster.RoomOf(Some.Room).Knows = static _ => false;

        Assert.Equal(BackplaneStatus.NotJoined, (await rig.Backplane.PresenceAsync(ann.Connection, Some.Room)).Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection,
            (await rig.Backplane.PresenceAsync(new ConnectionId("nobody"), Some.Room)).Status);
        Assert.Empty(grain.Claims);
    }

    [Fact]
    public async Task State_ThatWasSet_IsClaimedLater()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        await rig.Backplane.SetStateAsync(ann.Connection, Some.Room, Some.Bytes("{\"a\":1}"));

        grain.IsLost = true;
        await rig.Backplane.LeaveAsync(ann.Connection, new RoomName("other"));

        Assert.Equal("{\"a\":1}", Assert.Single(Assert.Single(grain.Claims).Rooms).State.Text());
    }

    [Fact]
    public async Task History_OfAnotherUser_IsNotJoined()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, _) = await rig.OpenAsync();

        HistoryResult result = await rig.Backplane.ReadAsync(ann.Connection, FeedId.Of(Some.Bob), new HistoryQuery(null, true, 10));

        Assert.Equal(BackplaneStatus.NotJoined, result.Status);
    }

    [Fact]
    public async Task Send_ToAUserWhoIsHereButForgotten_MayBeTriedAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        await rig.OpenAsync();

        Assert.Equal(BackplaneStatus.Unavailable, (await rig.Backplane.SendAsync(Some.Ann, Some.Reliable())).Status);
        Assert.Equal(BackplaneStatus.NoSuchConnection, (await rig.Backplane.SendAsync(Some.Bob, Some.Reliable())).Status);
    }

    [Fact]
    public async Task Send_ToAConnectionThatIsHereButForgotten_ClaimsIt()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.OpenAsync();
        grain.IsLost = true;

        PublishResult result = await rig.Backplane.SendAsync(ann.Connection, Some.Reliable());

        Assert.Equal(BackplaneStatus.Ok, result.Status);
        Assert.Single(grain.Claims);
    }
}
