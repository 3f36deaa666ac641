using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fanout;

public sealed class EdgeHubTests
{
    [Fact]
    public async Task Disconnect_BeforeTheAttachmentIsRegistered_ClosesItAllTheSame()
    {
        EdgeHub hub = new();
        await using SessionRig rig = new(id: "c");
        hub.Add(rig.Session, FeedId.Of(rig.Session.Id));
        hub.Disconnect(rig.Session.Id, 2, DisconnectReason.Replaced);
        rig.Session.Attachment = 2;

        hub.Register(rig.Session);

        Assert.True(rig.Session.Connection.IsClosing);
    }

    [Fact]
    public async Task Disconnect_OfAnotherAttachment_LeavesTheSessionAlone()
    {
        EdgeHub hub = new();
        await using SessionRig rig = new(id: "c");
        hub.Add(rig.Session, FeedId.Of(rig.Session.Id));
        hub.Disconnect(rig.Session.Id, 1, DisconnectReason.Replaced);
        rig.Session.Attachment = 2;

        hub.Register(rig.Session);
        hub.Disconnect(rig.Session.Id, 3, DisconnectReason.Replaced);

        Assert.False(rig.Session.Connection.IsClosing);
    }

    [Fact]
    public async Task Disconnect_ThatCameEarly_IsForgottenWithTheFeed()
    {
        EdgeHub hub = new();
        await using SessionRig first = new(id: "c");
        FeedMember member = hub.Add(first.Session, FeedId.Of(first.Session.Id));
        hub.Disconnect(first.Session.Id, 2, DisconnectReason.Replaced);
        hub.Remove(member);
        await using SessionRig second = new(id: "c");
        second.Session.Attachment = 2;

        hub.Register(second.Session);

        Assert.False(second.Session.Connection.IsClosing);
    }
}
