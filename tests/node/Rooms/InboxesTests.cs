using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Rooms;

public sealed class InboxesTests
{
    [Fact]
    public async Task Publish_ToARoomWhoseInboxIsKnown_GoesThroughIt()
    {
        await using Rig rig = await Rig.StartAsync();
        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("first"));
        Assert.Empty(rig.Inbox.Bundles);

        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("second"));

        Assert.Equal([[Some.Room.Value]], rig.Inbox.Bundles);
        Assert.Equal([["first"], ["second"]], rig.Room.Batches);
    }

    [Fact]
    public async Task Publish_ToARoomWithoutMembersHere_GoesToTheRoomItself()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.LeaveAsync();

        await rig.PublishAsync("first");
        await rig.PublishAsync("second");

        Assert.Empty(rig.Inbox.Bundles);
        Assert.Equal(2, rig.Room.Batches.Length);
    }

    [Fact]
    public async Task Publishes_WhileACallRuns_ShareTheNextOne()
    {
        await using Rig rig = await Rig.StartAsync();
        RoomName other = await rig.KnowOtherAsync();
        Task<BackplaneStatus> held = await rig.HoldACallAsync();
        RoomName third = new("third");
        await rig.JoinAsync(third);
        await rig.PublishAsync("first", third);
        Task<BackplaneStatus>[] waiting = [rig.PublishAsync("next", other), rig.PublishAsync("next", third)];
        rig.Inbox.Gate!.SetResult();

        Assert.Equal(BackplaneStatus.Ok, await held);
        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(BackplaneStatus.Ok, status));
        Assert.Equal([[Some.Room.Value], [other.Value, third.Value]], rig.Inbox.Bundles);
    }

    [Fact]
    public async Task Publishes_ToARoomThatWaitsForTheNextCall_AreOneBatch()
    {
        await using Rig rig = await Rig.StartAsync();
        RoomName other = await rig.KnowOtherAsync();
        Task<BackplaneStatus> held = await rig.HoldACallAsync();
        Task<BackplaneStatus>[] waiting = [rig.PublishAsync("a", other), rig.PublishAsync("b", other), rig.PublishAsync("c", other)];
        rig.Inbox.Gate!.SetResult();
        await held;
        await Task.WhenAll(waiting);

        Assert.Equal([["first"], ["a", "b", "c"]], rig.RoomOf(other).Batches);
    }

    [Fact]
    public async Task Publish_ThroughAnInboxThatFails_IsUnavailableAndTheNextGoesToTheRoom()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.PublishAsync("first");
        rig.Inbox.Fault = new SiloUnavailableException("it was killed");

        Assert.Equal(BackplaneStatus.Unavailable, await rig.PublishAsync("second"));

        rig.Room.Inbox = null;
        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("third"));
        Assert.Equal([["first"], ["third"]], rig.Room.Batches);
    }

    [Fact]
    public async Task PublishWithAKey_ThroughAnInboxThatIsGone_IsPublishedByTheRoom()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.PublishAsync("first");
        rig.Inbox.Fault = new SiloUnavailableException("it was stopped");

        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("second", key: "key"));

        Assert.Equal([["first"], ["second"]], rig.Room.Batches);
    }

    [Fact]
    public async Task Publish_OfAnotherRoomOfAnInboxThatFailed_GoesToTheRoom()
    {
        await using Rig rig = await Rig.StartAsync();
        RoomName other = await rig.KnowOtherAsync();
        rig.Inbox.Fault = new SiloUnavailableException("it was killed");
        await rig.PublishAsync("lost");

        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("second", other));
    }

    [Fact]
    public async Task Publish_AfterASiloIsGone_GoesToTheRoom()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.PublishAsync("first");
        await rig.LoseASiloAsync();

        Assert.Equal(BackplaneStatus.Ok, await rig.PublishAsync("second"));

        Assert.Empty(rig.Inbox.Bundles);
    }

    [Fact]
    public async Task Publish_ThatWaitsForTheCallToASiloThatIsGone_GoesToTheRoom()
    {
        await using Rig rig = await Rig.StartAsync();
        RoomName other = await rig.KnowOtherAsync();
        Task<BackplaneStatus> held = await rig.HoldACallAsync();
        Task<BackplaneStatus> waiting = rig.PublishAsync("second", other);

        await rig.LoseASiloAsync();

        Assert.Equal(BackplaneStatus.Ok, await Eventually.ComesAsync("the answer", waiting));
        Assert.Equal([["first"], ["second"]], rig.RoomOf(other).Batches);
        rig.Inbox.Gate!.SetResult();
        await held;
    }

    [Fact]
    public async Task Publish_WhoseRoomDidNotAnswerTheInbox_IsUnavailable()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.PublishAsync("first");
        rig.Inbox.IsAnswered = false;

        Assert.Equal(BackplaneStatus.Unavailable, await rig.PublishAsync("second"));
    }

    [Fact]
    public async Task Publish_WithoutAnAnswer_IsUnavailableAfterItsTime()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.PublishAsync("first");
        rig.Inbox.Answers = false;

        Task<BackplaneStatus> second = rig.PublishAsync("second");
        await Eventually.HoldsAsync("the call", () => rig.Inbox.Bundles.Length == 1);
        Assert.False(second.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(BackplaneStatus.Unavailable, await Eventually.ComesAsync("the answer", second));
    }

    /// <summary>An edge with a member of a room, which is on a silo with an inbox.</summary>
    private sealed class Rig : IAsyncDisposable
    {
        private readonly NodeRig _node = new();

        private Rig() => Inbox = new FakeInbox(_node.Cluster, () => _node.Sink);

        public FakeInbox Inbox { get; }

        public FakeRoom Room => RoomOf(Some.Room);

        public FakeTime Time => _node.Time;

        private ConnectionId Member { get; set; }

        public static async Task<Rig> StartAsync()
        {
            Rig rig = new();
            await rig._node.Backplane.StartAsync();
            (OpenResult opened, _) = await rig._node.OpenAsync();
            rig.Member = opened.Connection;
            await rig.JoinAsync(Some.Room);
            return rig;
        }

        public FakeRoom RoomOf(RoomName room) => _node.Cluster.RoomOf(room);

        public async Task JoinAsync(RoomName room)
        {
            RoomOf(room).Inbox = Inbox;
            Assert.Equal(
                BackplaneStatus.Ok,
                (await _node.Backplane.JoinAsync(Member, room, new JoinOptions(null, false, default))).Status);
        }

        /// <summary>Another room on the same silo; the inbox is known from here on for both.</summary>
        public async Task<RoomName> KnowOtherAsync()
        {
            RoomName other = new("other");
            await JoinAsync(other);
            await PublishAsync("first");
            await PublishAsync("first", other);
            return other;
        }

        /// <summary>Publishes, and returns once the inbox has the call. It answers when its gate is opened.</summary>
        public async Task<Task<BackplaneStatus>> HoldACallAsync()
        {
            Inbox.Gate = new TaskCompletionSource();
            Task<BackplaneStatus> held = PublishAsync("held");
            await Eventually.HoldsAsync("the first call", () => Inbox.Bundles.Length == 1);
            return held;
        }

        public async Task LeaveAsync() => await _node.Backplane.LeaveAsync(Member, Some.Room);

        public async Task<BackplaneStatus> PublishAsync(string text, RoomName? room = null, string? key = null) =>
            (await _node.Backplane.PublishAsync(room ?? Some.Room, Some.Reliable(text, key: key))).Status;

        public async Task LoseASiloAsync()
        {
            await TickUntilAsync("all silos", 2);
            _node.Cluster.Edges.Silos = ["a"];
            await TickUntilAsync("one silo", 1);
        }

        public ValueTask DisposeAsync() => _node.DisposeAsync();

        private Task TickUntilAsync(string phase, int silos) => Eventually.AdvanceUntilAsync(
            phase, Time, TimeSpan.FromMilliseconds(100), () => _node.Backplane.Silos.Count == silos);
    }
}
