using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A room has to be read again, tells its next activation of its members, and one of them is gone by then.</summary>
public sealed class HandoverTests : FaultTest
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Member_GoneBeforeTheNextActivationHearsOfIt_IsNone(bool closes)
    {
        RoomName room = NewRoom(durable: true);
        TestConnection goes = await JoinAsync(Second, room);
        TestConnection stays = await JoinAsync(First, room);
        HeldCalls handover = await HandOverAsync(room, stays);

        if (closes)
        {
            await goes.CloseAsync();
        }
        else
        {
            Assert.Equal(BackplaneStatus.Ok, await goes.LeaveAsync(room));
        }

        await handover.LetGoAsync().WithinAsync("the next activation hearing of a member");

        await MembersAsync(room, stays.Id);
    }

    [Fact]
    public async Task Member_GoneAndBackBeforeTheNextActivationHearsOfIt_StaysOne()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection returns = await JoinAsync(Second, room);
        TestConnection goes = await JoinAsync(First, room);
        TestConnection stays = await JoinAsync(First, room);
        HeldCalls handover = await HandOverAsync(room, stays);
        await goes.LeaveAsync(room);
        await returns.LeaveAsync(room);
        await returns.JoinAsync(room);

        await handover.LetGoAsync().WithinAsync("the next activation hearing of a member");

        // One after another: the first has been looked at when the second is gone.
        await MembersAsync(room, returns.Id, stays.Id);
        await stays.PublishAsync(room, "after");
        await returns[room].ThroughAsync("after");
    }

    // The first member is the first that the next activation would hear of.
    private async Task<HeldCalls> HandOverAsync(RoomName room, TestConnection publisher)
    {
        await publisher.PublishAsync(room, "before");
        HeldCalls handover = Rig.Gate.Hold<IRoomGrain>(nameof(IRoomGrain.ReattachAsync));
        Rig.Store.Forget(FeedId.Of(room));

        // The first is refused by the store; with the second the room looks why.
        for (int i = 0; i < 2; i++)
        {
            PublishResult failed = await publisher.PublishAsync(room, Message.Reliable("fails"));
            Assert.Equal(BackplaneStatus.Unavailable, failed.Status);
        }

        await handover.Arrived.WithinAsync("the handover");
        return handover;
    }

    private async Task MembersAsync(RoomName room, params ConnectionId[] expected)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            RoomView view = await First.Admin.InspectAsync(room, null, 10).WithinAsync("inspect");
            if (view.Members.Select(member => member.Connection).ToHashSet().SetEquals(expected))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Long)
            {
                throw new TimeoutException($"the members are {string.Join(", ", view.Members)}");
            }

            await Task.Delay(Pause);
        }
    }
}
