using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>What becomes of those who do not come back after their edge was killed.</summary>
public sealed class EdgeDeathPresenceTests : FaultTest
{
    // Noticing takes up to a second more than the lease, and telling is not free on a busy machine.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    protected override TimeSpan Grace => TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Members_OfAKilledEdge_LeaveWithinLeaseAndGrace()
    {
        RoomName[] rooms = [NewRoom(durable: false), NewRoom(durable: true)];
        TestConnection watcher = await JoinAsync(First, rooms);
        TestConnection[] lost = [await JoinAsync(Second, rooms), await JoinAsync(Second, rooms)];
        foreach (RoomName room in rooms)
        {
            await watcher.PresenceAsync(room, view => view.Count == 3, "all members");
        }

        long killed = TimeProvider.System.GetTimestamp();
        await Cluster.KillEdgeAsync(1);

        foreach (RoomName room in rooms)
        {
            await watcher.PresenceAsync(room, view => view.Count == 1 && view.Has(watcher.Id), "those left to leave");
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(killed), TimeSpan.Zero, Lease + Grace + Slack);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await First.TryResumeAsync(lost[0].User, lost[0].Token)).Status);
    }
}
