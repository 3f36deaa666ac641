using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>An edge is killed with the sockets that it held.</summary>
public sealed class EdgeDeathTests : FaultTest
{
    private const int Dead = 1;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_OfAKilledEdge_GetWhatTheyMissedAtAnother(bool durable)
    {
        RoomName room = NewRoom(durable);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection lost = await JoinAsync(Second, room);
        await publisher.PublishAsync(room, "before");
        await lost[room].ThroughAsync("before");

        await Cluster.KillEdgeAsync(Dead);
        await PublishAsync(publisher, room, "missed 1");
        await Calls.UntilOkAsync(() => publisher.SendAsync(lost.User, Message.Reliable("to the user", key: "u")), "send");
        TestConnection resumed = await lost.ResumeAsync(First);
        await PublishAsync(publisher, room, "live");

        Assert.Equal(RecoveryOutcome.Recovered, resumed[room].Start.Outcome);
        Assert.Equal(["missed 1", "live"], await resumed[room].ThroughAsync("live"));
        Assert.Equal(["to the user"], await resumed.UserFeed.ThroughAsync("to the user"));
        Assert.Empty(resumed[room].Losses);
        await publisher.PresenceAsync(room, view => view.Has(resumed.Id) && view.Count == 2, "presence");
    }

    [Fact]
    public async Task Members_OfAKilledEdgeThatWasFoundDead_GetWhatTheyMissedAtAnother()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection lost = await JoinAsync(Second, room);

        await Cluster.KillEdgeAsync(Dead);
        await Rig.RegistryHasAsync(Cluster.Edges[0]);
        await Cluster.WaitAsync(() => Rig.Log.Has("is taken for dead"), "the silos to notice");
        await PublishAsync(publisher, room, "missed");
        TestConnection resumed = await lost.ResumeAsync(First);
        await PublishAsync(publisher, room, "live");

        Assert.Equal(["missed", "live"], await resumed[room].ThroughAsync("live"));
    }

    private static Task<PublishResult> PublishAsync(TestConnection connection, RoomName room, string text) =>
        Calls.UntilOkAsync(() => connection.PublishAsync(room, Message.Reliable(text, key: text)), $"publish {text}");
}
