using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Rooms;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Rooms;

public sealed class RoomPublisherTests
{
    [Fact]
    public async Task Publishes_WhileACallRuns_FillTheNextOne()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);
        room.Gate = new TaskCompletionSource();

        Task<PublishResult>[] calls = [.. "abcdef".Select(letter => rig.PublishAsync(letter.ToString()))];
        room.Gate.SetResult();
        foreach (Task<PublishResult> call in calls)
        {
            Assert.Equal(BackplaneStatus.Ok, (await Eventually.ComesAsync("the answer", call)).Status);
        }

        Assert.Equal(["a", "bcdef"], room.Batches.Select(batch => string.Concat(batch)));
        Assert.Equal(1, room.MostAtOnce);
    }

    [Fact]
    public async Task Publishes_FromManyThreads_ArriveOnceWithOneCallInFlight()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);

        await Parallel.ForAsync(0, 8, async (thread, _) =>
        {
            for (int i = 0; i < 500; i++)
            {
                await rig.PublishAsync($"{thread} {i}");
            }
        });

        string[] all = [.. room.Batches.SelectMany(batch => batch)];
        Assert.Equal(1, room.MostAtOnce);
        Assert.Equal(4000, all.Distinct().Count());
        for (int thread = 0; thread < 8; thread++)
        {
            Assert.Equal(
                Enumerable.Range(0, 500).Select(i => $"{thread} {i}"),
                all.Where(text => text.StartsWith($"{thread} ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Batch_IsBoundedByCountAndBytes()
    {
        await using NodeRig rig = await NodeRig.StartAsync(new PublishLimits(3, 2 * (64 + 100) + 63, 1_000_000));
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);
        room.Gate = new TaskCompletionSource();

        string large = new('x', 100);
        Task<PublishResult>[] calls =
        [
            .. new[] { "1", "2", "3", "4", "5", large, large, large, new string('y', 1000), "6" }.Select(text => rig.PublishAsync(text)),
        ];
        room.Gate.SetResult();
        foreach (Task<PublishResult> call in calls)
        {
            await Eventually.ComesAsync("the answer", call);
        }

        Assert.Equal([1, 3, 2, 2, 1, 1], room.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task Publishes_BeyondWhatMayWait_AreToldToTryAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync(new PublishLimits(10, 10_000, 2 * 65));
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);
        room.Gate = new TaskCompletionSource();

        Task<PublishResult> running = rig.PublishAsync("a");
        Task<PublishResult>[] waiting = [rig.PublishAsync("b"), rig.PublishAsync("c")];
        PublishResult refused = await rig.PublishAsync("d");
        room.Gate.SetResult();

        Assert.Equal(BackplaneStatus.Unavailable, refused.Status);
        Assert.Equal(BackplaneStatus.Ok, (await running).Status);
        Assert.Equal(BackplaneStatus.Ok, (await waiting[0]).Status);
        Assert.Equal(BackplaneStatus.Ok, (await waiting[1]).Status);
    }

    [Fact]
    public async Task Call_ThatIsNotAnswered_IsUnavailableForAllOfItsBatchAndTheNextOneGoesOn()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);
        room.Fault = new SiloUnavailableException("gone");

        PublishResult failed = await rig.PublishAsync("a");
        room.Fault = null;
        PublishResult next = await rig.PublishAsync("b");

        Assert.Equal(BackplaneStatus.Unavailable, failed.Status);
        Assert.Equal(BackplaneStatus.Ok, next.Status);
    }

    [Fact]
    public async Task Call_ThatFailsInTheGrain_FailsItsPublishers()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        rig.Cluster.RoomOf(Some.Room).Fault = new FormatException("a bug");

        await Assert.ThrowsAsync<FormatException>(async () => await rig.PublishAsync("a"));
    }

    [Fact]
    public async Task Sender_ThatTheRoomDoesNotKnow_IsClaimedAndOnlyItsMessagesGoAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection annsGrain) = await rig.JoinAsync();
        (OpenResult bob, FakeConnection bobsGrain) = await rig.JoinAsync(Some.Bob);
        FakeRoom room = rig.Cluster.RoomOf(Some.Room);
        bool claimed = false;
        annsGrain.OnClaim = () => claimed = true;
        room.Knows = connection => connection == bob.Connection || claimed;
        room.Gate = new TaskCompletionSource();

        Task<PublishResult> first = rig.PublishAsync("0", bob.Connection);
        Task<PublishResult>[] calls =
        [
            rig.PublishAsync("1", ann.Connection),
            rig.PublishAsync("2", bob.Connection),
            rig.PublishAsync("3", ann.Connection),
            rig.PublishAsync("4", new ConnectionId("stranger")),
        ];
        room.Gate.SetResult();
        await first;
        BackplaneStatus[] statuses = new BackplaneStatus[calls.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            statuses[i] = (await Eventually.ComesAsync("the answer", calls[i])).Status;
        }

        Assert.Equal(["0", "1234", "13"], room.Batches.Select(batch => string.Concat(batch)));
        Assert.Equal(
            [BackplaneStatus.Ok, BackplaneStatus.Ok, BackplaneStatus.Ok, BackplaneStatus.NotJoined], statuses);
        Assert.Single(annsGrain.Claims);
        Assert.Empty(bobsGrain.Claims);
    }

    [Fact]
    public async Task Sender_WhoseClaimIsNotAnswered_IsToldToTryAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        rig.Cluster.RoomOf(Some.Room).Knows = static _ => false;
        grain.Fail("reattach", new TimeoutException());

        PublishResult result = await rig.PublishAsync("a", ann.Connection);

        Assert.Equal(BackplaneStatus.Unavailable, result.Status);
    }

    [Fact]
    public async Task Sender_WhomTheRoomDoesNotKnowThoughItsClaimHolds_IsToldToTryAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        rig.Cluster.RoomOf(Some.Room).Knows = static _ => false;

        PublishResult result = await rig.PublishAsync("a", ann.Connection);

        Assert.Equal(BackplaneStatus.Unavailable, result.Status);
        Assert.Single(grain.Claims);
        Assert.Empty(rig.Edge.Lines);
    }

    [Fact]
    public async Task Sender_WhoseClaimIsRefused_IsDisconnectedAndNotJoined()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();
        rig.Cluster.RoomOf(Some.Room).Knows = static _ => false;
        grain.Refusal = DisconnectReason.Replaced;

        PublishResult result = await rig.PublishAsync("a", ann.Connection);

        Assert.Equal(BackplaneStatus.NotJoined, result.Status);
        Assert.Equal(["disconnect 1 Replaced"], rig.Edge.Lines);
        Assert.Equal(0, rig.Backplane.ConnectionCount);
    }
}
