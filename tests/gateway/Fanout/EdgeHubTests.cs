using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
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
    public async Task Disconnect_BeforeAnythingIsKnownOfTheSession_IsCarriedOutOnceItIs()
    {
        EdgeHub hub = new();
        await using SessionRig rig = new(id: "c");
        rig.Session.Attachment = 2;
        hub.Disconnect(rig.Session.Id, 2, DisconnectReason.Banned);

        hub.Register(rig.Session);

        Assert.True(rig.Session.Connection.IsClosing);
    }

    [Fact]
    public void Ends_OfSessionsThatNeverCome_AreForgottenBeyondABound()
    {
        EarlyEnds ends = new(most: 2);
        for (int i = 0; i < 3; i++)
        {
            ends.Add(new ConnectionId($"{i}"), 1, DisconnectReason.Kicked);
        }

        Assert.False(ends.TryGet(new ConnectionId("0"), 1, out _));
        Assert.True(ends.TryGet(new ConnectionId("1"), 1, out _));
        Assert.False(ends.TryGet(new ConnectionId("2"), 2, out _));
        Assert.True(ends.TryGet(new ConnectionId("2"), 1, out DisconnectReason reason));
        Assert.Equal(DisconnectReason.Kicked, reason);
    }
}
