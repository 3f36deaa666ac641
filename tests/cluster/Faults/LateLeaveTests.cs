using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A room is told again that a member has left, and hears of it when the member is there again.</summary>
public sealed class LateLeaveTests : FaultTest
{
    [Fact]
    public async Task Leave_HeardOnceItsMemberHasJoinedAgain_ChangesNothing()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection member = await JoinAsync(First, room);
        IDisposable lost = Cluster.Faults.Drop<IRoomGrain>(1, seed: 1, nameof(IRoomGrain.LeaveAsync));
        BackplaneStatus left = await member.LeaveAsync(room);
        HeldCalls again = Rig.Gate.Hold<IRoomGrain>(nameof(IRoomGrain.LeaveAsync));
        lost.Dispose();
        await again.Arrived.WithinAsync("the leave being told again");
        await member.JoinAsync(room, presence: true);

        await again.LetGoAsync().WithinAsync("the room hearing of the leave");

        RoomView view = await First.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");
        Assert.Equal(BackplaneStatus.Ok, left);
        Assert.Equal([member.Id], view.Members.Select(shown => shown.Connection));
        Assert.Equal(BackplaneStatus.Ok, await member.LeaveAsync(room));
        view = await First.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");
        Assert.Empty(view.Members);
    }
}
