using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Connections;

public sealed class MembershipsTests
{
    private static readonly JoinOptions Options = new(Some.At(2), true, default);

    [Fact]
    public async Task Join_AfterOneThatWasNotAnswered_RecoversTheMembership()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.OpenAsync();
        grain.Fail("join", new TimeoutException());
        JoinResult unknown = await rig.Backplane.JoinAsync(ann.Connection, Some.Room, Options);
        grain.Fail("join", null);
        grain.JoinStatus = BackplaneStatus.AlreadyJoined;

        JoinResult joined = await rig.Backplane.JoinAsync(ann.Connection, Some.Room, Options);
        JoinResult again = await rig.Backplane.JoinAsync(ann.Connection, Some.Room, Options);

        Assert.Equal(BackplaneStatus.Unavailable, unknown.Status);
        Assert.Equal(BackplaneStatus.Ok, joined.Status);
        Assert.Equal(BackplaneStatus.AlreadyJoined, again.Status);
        Assert.Equal(["open", "join", "join", "rejoin", "join"], grain.Calls);
        Assert.Equal(3, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Join_OfAConnectionWhoseGrainWasLost_ClaimsItWithWhatItHolds()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1, 2));
        grain.IsLost = true;

        JoinResult joined = await rig.Backplane.JoinAsync(ann.Connection, new RoomName("other"), Options);

        Assert.Equal(BackplaneStatus.Ok, joined.Status);
        ConnectionClaim claim = Assert.Single(grain.Claims);
        Assert.Equal(Some.Ann, claim.User);
        Assert.Equal(rig.Backplane.Id, claim.Edge);
        Assert.Equal(1, claim.Attachment);
        ClaimedRoom room = Assert.Single(claim.Rooms);
        Assert.Equal((Some.Room, true, Some.At(2)), (room.Room, room.Watches, room.Seen));
        Assert.Equal("{}", room.State.Text());
    }

    [Fact]
    public async Task Rejoin_AfterAResume_RemembersTheStateThatIsShown()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.OpenAsync();
        await rig.Backplane.ResumeAsync(Some.Ann, ann.Token, null, null);
        grain.Presence = new PresenceSnapshot(
            PresenceMode.Full, 1, 1, [new PresenceMember(Some.Ann, ann.Connection, Some.Bytes("{\"a\":1}"))]);

        await rig.Backplane.RejoinAsync(ann.Connection, Some.Room, null);
        grain.IsLost = true;
        await rig.Backplane.LeaveAsync(ann.Connection, new RoomName("other"));

        Assert.Equal("{\"a\":1}", Assert.Single(Assert.Single(grain.Claims).Rooms).State.Text());
    }

    [Fact]
    public async Task Leave_EndsTheMembershipAndItsFeed()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, _) = await rig.JoinAsync();

        BackplaneStatus status = await rig.Backplane.LeaveAsync(ann.Connection, Some.Room);
        Position? answer = await rig.Sink.DeliverAsync(Deliver.Entries(5, 6));

        Assert.Equal(BackplaneStatus.Ok, status);
        Assert.Null(answer);
        Assert.Empty(rig.Edge.Lines);
        Assert.Equal(2, rig.Backplane.FeedCount);
    }

    [Fact]
    public async Task Delivery_IsHandedOverInItsOrder()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        await rig.JoinAsync();

        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1, 2));
        Position? gap = await rig.Sink.DeliverAsync(Deliver.Entries(5, 6));
        await rig.Sink.DeliverAsync(Deliver.Lost(Some.At(7), 8));
        await rig.Sink.DeliverAsync(Deliver.Presence(8, 3, 4));
        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1, 2));

        Assert.Equal(Some.At(2), gap);
        Assert.Equal(["room: 1 2", "room: lost 7", "room: 8", "room: presence 3", "room: presence 4"], rig.Edge.Lines);
    }

    [Fact]
    public async Task Feed_OfTwoMembers_StaysUntilBothHaveLeft()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, _) = await rig.JoinAsync();
        (OpenResult bob, _) = await rig.JoinAsync(Some.Bob);

        await rig.Backplane.CloseAsync(ann.Connection, 1);
        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1));
        await rig.Backplane.CloseAsync(bob.Connection, 1);
        await rig.Sink.DeliverAsync(Deliver.Entries(1, 2));

        Assert.Equal(["room: 1"], rig.Edge.Lines);
        Assert.Equal(0, rig.Backplane.FeedCount);
    }
}
