using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What becomes of a connection without a socket. Time is real: its end is awaited, never slept for.</summary>
public abstract class GraceContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Grace_NotOver_TheConnectionIsStillAMember()
    {
        RoomName room = NewRoom();
        TestConnection watcher = await First.OpenAsync(NewUser());
        TestConnection detached = await Second.OpenAsync(NewUser());
        await watcher.JoinAsync(room, presence: true);
        await detached.JoinAsync(room, state: "{}");
        await detached.DetachAsync();

        PresenceResult presence = await watcher.PresenceAsync(room);
        TestConnection resumed = await detached.ResumeAsync(First);
        await resumed.PublishAsync(room, "I was here all the time");

        Assert.Contains(presence.Presence!.Members, member => member.Connection == detached.Id);
        await watcher[room].ThroughAsync("I was here all the time");
        Assert.True(watcher[room].Presence(view => view.Has(detached.Id)));
    }

    [Fact]
    public async Task Grace_Over_OthersSeeTheLeaveAndTheConnectionIsGone()
    {
        RoomName room = NewRoom(ContractOptions.Full);
        TestConnection watcher = await First.OpenAsync(NewUser());
        TestConnection detached = await Second.OpenAsync(NewUser());
        TestConnection third = await Second.OpenAsync(NewUser());
        await watcher.JoinAsync(room, presence: true);
        await detached.JoinAsync(room);
        await watcher.PresenceAsync(room, view => view.Has(detached.Id), "the join");
        await detached.DetachAsync();
        Assert.Equal(BackplaneStatus.RoomFull, (await third.TryJoinAsync(room)).Status);

        await watcher.PresenceAsync(room, view => !view.Has(detached.Id) && view.Count == 1, "the end of the grace");

        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await First.TryResumeAsync(detached.User, detached.Token)).Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await First.SendAsync(detached.Id, Message.Reliable("late"))).Status);
        Assert.Equal(
            BackplaneStatus.NoSuchConnection,
            (await Second.Backplane.RejoinAsync(detached.Id, room, null).WithinAsync("rejoin")).Status);
        await third.JoinAsync(room);
    }

    [Fact]
    public async Task Grace_ResumedInTime_DoesNotEnd()
    {
        RoomName room = NewRoom();
        TestConnection watcher = await First.OpenAsync(NewUser());
        TestConnection lost = await First.OpenAsync(NewUser());
        TestConnection saved = await Second.OpenAsync(NewUser());
        await watcher.JoinAsync(room, presence: true);
        await lost.JoinAsync(room);
        await saved.JoinAsync(room);
        await saved.DetachAsync();
        await lost.DetachAsync();
        saved = await saved.ResumeAsync(First);

        // Whoever was detached later is gone: the other one's time would be over, too.
        await watcher.PresenceAsync(room, view => !view.Has(lost.Id), "the end of the other's grace period");

        await saved.PublishAsync(room, "still here");
        Assert.Equal(["still here"], await watcher[room].CountAsync(1, "the message"));
        await watcher.PresenceAsync(room, view => view.Has(saved.Id) && view.Count == 2, "the presence");
        Assert.False(saved.Disconnected.IsCompleted);
    }
}
