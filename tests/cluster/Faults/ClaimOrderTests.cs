using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A room comes up anew, and of the connections of an edge one resumes before another is claimed.</summary>
public sealed class ClaimOrderTests : FaultTest
{
    [Fact]
    public async Task Connection_AnotherOfItsEdgeResumesBeforeItIsClaimed_GetsTheLastMessage()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection publisher = await JoinAsync(First, room);
        TestConnection live = await Second.OpenAsync(NewUser());
        await live.JoinAsync(room);
        TestConnection other = await Second.OpenAsync(NewUser());
        await other.JoinAsync(room);
        await publisher.PublishAsync(room, "before");
        await live[room].ThroughAsync("before");
        Position seen = live[room].Position;
        await other.DetachAsync();

        // The second edge claims nothing by itself.
        Cluster.Faults.Delay<IConnectionGrain>(
            TimeSpan.FromHours(1), seed: 1, nameof(IConnectionGrain.ReattachAsync), Cluster.Edges[1]);
        await Cluster.KillSiloAsync(await SiloOfAsync(room));
        await Cluster.WaitForSilosAsync();
        PublishResult last = await Calls.UntilOkAsync(
            () => publisher.PublishAsync(room, Message.Reliable("last", key: "last")), "publish");
        await other.ResumeAsync(Second);
        ReattachAnswer claimed = await Cluster.GrainFactory.GetGrain<IConnectionGrain>(live.Id.Value).ReattachAsync(
            ClaimOf(live, new ClaimedRoom { Room = room, Watches = false, State = default, Seen = seen }));

        Assert.True(last.Position.Offset > seen.Offset);
        Assert.Null(claimed.Refused);
        Assert.Equal(["before", "last"], await live[room].ThroughAsync("last"));
        Assert.Empty(live[room].Losses);
    }
}
