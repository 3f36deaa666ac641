using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Rooms;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Rooms;

/// <summary>What becomes of the order when a room does not answer.</summary>
public sealed class RoomRepeatTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);
    private static readonly ConnectionId Ann = new("ann's");
    private static readonly ConnectionId Bob = new("bob's");
    private NodeRig? _started;

    private NodeRig Rig => _started!;

    private FakeRoom Room => Rig.Cluster.RoomOf(Some.Room);

    private IEnumerable<string> Batches => Room.Batches.Select(batch => string.Concat(batch));

    public async Task InitializeAsync() => _started = await NodeRig.StartAsync(new PublishLimits(256, 10_000, 5 * 65));

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    [Fact]
    public async Task Batch_ThatIsLost_IsPublishedAgainInItsPlace()
    {
        Room.NextFaults.Enqueue(null);
        Room.NextFaults.Enqueue(new TimeoutException());
        Room.NextFaults.Enqueue(new SiloUnavailableException("gone"));
        Task<PublishResult>[] calls = PublishWhileHeld(Ann, "abc");
        await PassUntilAsync("the second batch again", () => Room.Batches.Length >= 3);
        Task<PublishResult> behind = PublishAsync(Ann, "d");

        Assert.All(await AnswersAsync([.. calls, behind]), status => Assert.Equal(BackplaneStatus.Ok, status));
        Assert.Equal(["a", "bc", "bc", "bc", "d"], Batches);
    }

    [Fact]
    public async Task Message_WithoutAKey_IsNotPublishedAgain()
    {
        Room.NextFaults.Enqueue(null);
        Room.NextFaults.Enqueue(new TimeoutException());
        Room.Gate = new TaskCompletionSource();
        Task<PublishResult> first = PublishAsync(Ann, "a");
        Task<PublishResult>[] calls = [PublishAsync(Ann, "b"), Rig.PublishAsync("x", Ann), PublishAsync(Ann, "c")];
        Room.Gate.SetResult();
        await first;

        Assert.Equal(
            [BackplaneStatus.Ok, BackplaneStatus.Unavailable, BackplaneStatus.Ok], await AnswersAsync(calls));
        Assert.Equal(["a", "bxc", "bc"], Batches);
    }

    [Fact]
    public async Task Patience_ThatEnds_IsTheEndOfAllThatWaits()
    {
        Room.Fault = new TimeoutException();
        Task<PublishResult>[] calls = [PublishAsync(Ann, "a"), PublishAsync(Ann, "b"), PublishAsync(Bob, "c")];

        Assert.All(await AnswersAsync(calls), status => Assert.Equal(BackplaneStatus.Unavailable, status));
        Assert.True(Room.Batches.Length > 3);
        Assert.All(Batches, batch => Assert.Equal("a", batch));
    }

    [Fact]
    public async Task Patience_ThatEndsWhileACallRuns_EndsThatToo()
    {
        Room.NextFaults.Enqueue(new TimeoutException());
        Task<PublishResult> call = PublishAsync(Ann, "a");
        Room.Gate = new TaskCompletionSource();

        Assert.Equal([BackplaneStatus.Unavailable], await AnswersAsync(call));
        Assert.Equal(["a", "a"], Batches);
        Room.Gate.SetResult();
    }

    [Fact]
    public async Task MessageThatFailed_ComesAgain_BeforeAnythingThatWasPublishedBehindIt()
    {
        Room.Fault = new TimeoutException();
        await AnswersAsync(PublishAsync(Ann, "a"), PublishAsync(Ann, "b"));
        Room.Fault = null;
        int tries = Room.Batches.Length;

        BackplaneStatus[] early = await AnswersAsync(PublishAsync(Ann, "c"), PublishAsync(Ann, "b"));
        BackplaneStatus[] others = await AnswersAsync(PublishAsync(Bob, "x"), Rig.PublishAsync("y", Ann));
        BackplaneStatus[] inOrder = await AnswersAsync(PublishAsync(Ann, "a"), PublishAsync(Ann, "b"), PublishAsync(Ann, "c"));

        Assert.All(early, status => Assert.Equal(BackplaneStatus.Unavailable, status));
        Assert.All([.. others, .. inOrder], status => Assert.Equal(BackplaneStatus.Ok, status));
        Assert.Equal("xyabc", string.Concat(Batches.Skip(tries)));
    }

    [Fact]
    public async Task MessageThatFailed_DoesNotComeAgain_IsWaitedForAMomentOnly()
    {
        Room.Fault = new TimeoutException();
        await AnswersAsync(PublishAsync(Ann, "a"));
        Room.Fault = null;

        Assert.Equal(BackplaneStatus.Unavailable, (await PublishAsync(Ann, "b")).Status);
        Rig.Time.Advance(KeptTurns.Length);
        Assert.Equal(BackplaneStatus.Ok, (await PublishAsync(Ann, "b")).Status);
        await PassUntilAsync("the publisher to be dropped", () => Rig.Backplane.PublisherCount == 0);
    }

    [Fact]
    public async Task Message_ThatTheRoomCantTake_FailsWhatItsConnectionHasBehindIt()
    {
        Room.Unavailable.Add("b");
        Room.Gate = new TaskCompletionSource();
        Task<PublishResult> first = PublishAsync(Bob, "a");
        Task<PublishResult> failing = PublishAsync(Ann, "b");
        TaskCompletionSource second = new();
        await LetPassAsync(second);
        Task<PublishResult>[] calls = [PublishAsync(Ann, "c"), PublishAsync(Bob, "d"), Rig.PublishAsync("e", Ann)];
        second.SetResult();

        Assert.Equal([BackplaneStatus.Ok, BackplaneStatus.Unavailable], await AnswersAsync(first, failing));
        Assert.Equal([BackplaneStatus.Unavailable, BackplaneStatus.Ok, BackplaneStatus.Ok], await AnswersAsync(calls));
        Assert.Equal(["a", "b", "de"], Batches);
    }

    [Fact]
    public async Task Message_ForWhichThereIsNoSpace_KeepsItsTurn()
    {
        Room.Gate = new TaskCompletionSource();
        Task<PublishResult>[] taken = [.. "abcdef".Select(letter => PublishAsync(Ann, $"{letter}"))];
        Assert.Equal(BackplaneStatus.Unavailable, (await PublishAsync(Ann, "g")).Status);
        Room.Gate.SetResult();
        Assert.All(await AnswersAsync(taken), status => Assert.Equal(BackplaneStatus.Ok, status));

        Assert.Equal(BackplaneStatus.Unavailable, (await PublishAsync(Ann, "h")).Status);
        Assert.All(
            await AnswersAsync(PublishAsync(Ann, "g"), PublishAsync(Ann, "h")), status => Assert.Equal(BackplaneStatus.Ok, status));
    }

    [Fact]
    public async Task Sender_WhoseClaimIsNotAnswered_IsClaimedAgain()
    {
        (OpenResult ann, FakeConnection grain) = await Rig.JoinAsync();
        bool claimed = false;
        grain.OnClaim = () => claimed = true;
        Room.Knows = _ => claimed;
        grain.Fail("reattach", new TimeoutException());

        Task<PublishResult> call = PublishAsync(ann.Connection, "a");
        await PassUntilAsync("a second try", () => Room.Batches.Length > 1);
        grain.Fail("reattach", null);

        Assert.Equal([BackplaneStatus.Ok], await AnswersAsync(call));
    }

    [Fact]
    public async Task Cluster_ThatIsKnownToBeAway_IsNotWaitedFor()
    {
        Rig.Cluster.Fault = new SiloUnavailableException("gone");
        await PassUntilAsync("two leases", () => Rig.Backplane.Lease.IsAway);

        Assert.Equal(BackplaneStatus.Unavailable, (await PublishAsync(Ann, "a")).Status);
    }

    private static string KeyOf(string text) => $"key of {text}";

    private Task<PublishResult> PublishAsync(ConnectionId from, string text) => Rig.PublishAsync(text, from, KeyOf(text));

    // The first one goes alone, all others together.
    private Task<PublishResult>[] PublishWhileHeld(ConnectionId from, string letters)
    {
        Room.Gate = new TaskCompletionSource();
        Task<PublishResult>[] calls = [.. letters.Select(letter => PublishAsync(from, $"{letter}"))];
        Room.Gate.SetResult();
        return calls;
    }

    // Ends the call that runs; the next one waits for another gate.
    private async Task LetPassAsync(TaskCompletionSource next)
    {
        TaskCompletionSource gate = Room.Gate!;
        int calls = Room.Batches.Length;
        Room.Gate = next;
        gate.SetResult();
        await Eventually.HoldsAsync("the next call", () => Room.Batches.Length > calls);
    }

    private Task PassUntilAsync(string phase, Func<bool> condition) =>
        Eventually.AdvanceUntilAsync(phase, Rig.Time, Step, condition);

    private async Task<BackplaneStatus[]> AnswersAsync(params Task<PublishResult>[] calls)
    {
        await PassUntilAsync("the answers", () => Array.TrueForAll(calls, call => call.IsCompleted));
        return [.. (await Task.WhenAll(calls)).Select(result => result.Status)];
    }
}
