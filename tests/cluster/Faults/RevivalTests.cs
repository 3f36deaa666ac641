using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A connection that has ended, and an edge that does not know that it no longer holds it.</summary>
public sealed class RevivalTests : FaultTest
{
    [Fact]
    public async Task Close_OnAnotherEdgeThanOneThatStillClaimsIt_IsTheEnd()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection watcher = await JoinAsync(Second, room);
        TestConnection first = await JoinAsync(First, room);

        // A poll that was given up: the next one, on another edge, closes. The news of that is still on its way here.
        IDisposable late = Cluster.Faults.Delay<IEdgeSink>(
            TimeSpan.FromHours(1), seed: 1, nameof(IEdgeSink.DisconnectAsync));
        TestConnection second = await first.ResumeAsync(Second);
        await Cluster.WaitAsync(() => Cluster.Faults.DelayedCount > 0, "the news to be held up");
        late.Dispose();
        await second.CloseAsync();
        await watcher.PresenceAsync(room, view => view.Count == 1, "its leaving");

        // What the first edge still does for the poll finds no connection, so that the edge claims it.
        BackplaneStatus left = await First.Backplane.LeaveAsync(first.Id, room).WithinAsync("leave");

        Assert.Equal(BackplaneStatus.NoSuchConnection, left);
        Assert.Equal(DisconnectReason.Ended, await first.Disconnected.WithinAsync("the end of the first socket"));
        Assert.Equal(1, (await watcher.PresenceAsync(room)).Presence!.Count);
        Assert.Equal(BackplaneStatus.NoSuchConnection, (await First.TryResumeAsync(first.User, first.Token)).Status);
    }
}
