using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>The list of rooms, where a silo is long in answering.</summary>
public sealed class RoomListTests : FaultTest
{
    [Fact]
    public async Task Rooms_ASiloTakesLongerThanOtherCallsMay_AreWaitedFor()
    {
        RoomName room = NewRoom(durable: false);
        await JoinAsync(First, room);

        // One of the two by nearly three seconds: longer than other calls of this cluster may take, and less than a silo may.
        using IDisposable slow = Cluster.Faults.Delay<IRoomIndexGrain>(TimeSpan.FromSeconds(3.5), seed: 1);
        RoomPage page = await First.Admin.ListRoomsAsync(new RoomQuery(null, null, 100)).WithinAsync("list");

        Assert.Equal((BackplaneStatus.Ok, true), (page.Status, page.IsComplete));
        Assert.Equal([room], page.Rooms.Select(static one => one.Room));
    }
}
