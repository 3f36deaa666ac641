using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class DurableRoomTests
{
    private const long Now = RoomHarness.Start;

    private static readonly Sender Ann = RoomHarness.SenderOf(Some.AnnsPhone);

    private readonly FeedStoreModel _store = new(Some.Epoch);

    [Fact]
    public void Publish_Reliable_ShowsNothingBeforeItsCommitIsComplete()
    {
        Room room = NewRoom();
        Staged staged = Stage(room, Some.Reliable("a", from: Ann));
        Assert.True(room.HasCommit);
        Assert.True(room.TryTakeCommit(out Commit? commit));
        FeedAppend append = room.Seal(commit, Now);
        _store.Append(append);

        Assert.Equal(Some.At(0), room.Head);
        Assert.False(room.HasWork);
        Assert.Empty(Read(room));
        Assert.False(commit.Completion.IsCompleted);

        room.Complete(commit);

        Assert.True(commit.Completion.IsCompletedSuccessfully);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), staged.Result);
        Assert.Equal(Some.At(1), room.Head);
        Assert.Equal(["a"], Read(room));
        Assert.Equal(["a"], Drain(room));
    }

    [Fact]
    public void Seal_SeveralPublications_AppendsThemWithContiguousOffsetsAfterTheHead()
    {
        Room room = NewRoom();
        Stage(room, Some.Reliable("a", from: Ann));
        CommitAll(room);
        Staged[] staged =
        [
            Stage(room, Some.Reliable("b", "k", Ann)),
            Stage(room, Some.Reliable("c")),
            Stage(room, Some.Latest("s", "d", "l")),
        ];

        FeedAppend append = CommitAll(room);

        Assert.Equal((room.FeedId, Some.Epoch, 1L, 4L), (append.Feed, append.Epoch, append.After, append.Head));
        Assert.Equal([2, 3, 4], append.Entries.Offsets());
        Assert.Equal(
            [new StoredKey("ann", "k", 2, Now), new StoredKey(null, "l", 4, Now)], append.Keys);
        Assert.Equal([2L, 3, 4], staged.Select(each => each.Result.Position.Offset));
        Assert.DoesNotContain(staged, each => each.Result.Duplicate);
    }

    [Fact]
    public void Seal_SeveralOfASlot_StoresTheNewestAndDeliversAll()
    {
        Room room = NewRoom();
        Staged[] staged = [.. "abc".Select(text => Stage(room, Some.Latest("s", text.ToString(), "k" + text)))];
        Staged other = Stage(room, Some.Latest("t", "d"));

        FeedAppend append = CommitAll(room);

        Assert.Equal(["c", "d"], append.Entries.Texts());
        Assert.Equal([1L, 2, 3], append.Keys.Select(key => key.Offset));
        Assert.Equal([1L, 2, 3, 4], staged.Append(other).Select(each => each.Result.Position.Offset));
        Assert.Equal(["c", "d"], Read(room));

        // The outbox had all of them, and keeps of a slot what is newest.
        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(["c", "d"], batch.Entries.Texts());
        Assert.Equal((0, 4), (batch.After, batch.Through));
    }

    [Fact]
    public void Publish_KeyThatIsStaged_WaitsForTheSameCommitAsADuplicate()
    {
        Room room = NewRoom();
        Staged waiting = Stage(room, Some.Reliable("a", "k", Ann));
        Staged duplicate = Stage(room, Some.Reliable("a", "k", Ann));
        Staged another = Stage(room, Some.Reliable("a", "k"));
        Assert.Same(waiting.Commit, duplicate.Commit);
        Assert.True(room.TryTakeCommit(out Commit? commit));
        Staged inFlight = Stage(room, Some.Reliable("a", "k", Ann));
        Assert.Same(commit, inFlight.Commit);
        Assert.False(room.HasCommit);

        _store.Append(room.Seal(commit, Now));
        room.Complete(commit);

        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), waiting.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), duplicate.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), inFlight.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(2), false), another.Result);
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true),
            room.Publish(Some.Reliable("a", "k", Ann), Now, out Staged known));
        Assert.Null(known.Commit);
    }

    [Fact]
    public void TryTakeCommit_OneInFlight_WaitsAndFillsTheNext()
    {
        Room room = NewRoom();
        Stage(room, Some.Reliable("a"));
        Assert.True(room.TryTakeCommit(out Commit? first));
        Staged next = Stage(room, Some.Reliable("b"));
        Stage(room, Some.Reliable("c"));
        Assert.False(room.HasCommit);
        Assert.False(room.TryTakeCommit(out _));

        _store.Append(room.Seal(first, Now));
        room.Complete(first);
        Assert.True(room.HasCommit);
        Assert.NotSame(first, next.Commit);
        Assert.Equal(["b", "c"], CommitAll(room).Entries.Texts());
        Assert.Equal(["a", "b", "c"], Drain(room));
    }

    [Fact]
    public void Publish_Volatile_WaitsForNoCommit()
    {
        Room room = NewRoom();
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(0), false),
            room.Publish(Some.Volatile("v"), Now, out Staged staged));
        Assert.Null(staged.Commit);
        Assert.False(room.HasCommit);
        Assert.Equal(["v"], Drain(room));
    }

    [Fact]
    public void Publish_Refused_IsNotStaged()
    {
        Room room = NewRoom(new RoomOptions { Durable = true, MaxPayloadBytes = 1 });

        Assert.Equal(
            BackplaneStatus.NotJoined,
            room.Publish(Some.Reliable(from: RoomHarness.SenderOf(Some.BobsPhone)), Now, out Staged stranger).Status);
        Assert.Equal(BackplaneStatus.PayloadTooLarge, room.Publish(Some.Sized(2), Now, out Staged large).Status);
        Assert.Equal(
            BackplaneStatus.Refused, room.Publish(Some.Reliable(key: new string('k', 65)), Now, out Staged bad).Status);
        Assert.Equal((null, null, null), (stranger.Commit, large.Commit, bad.Commit));
        Assert.False(room.HasCommit);
    }

    [Theory]
    [InlineData(2, 1_000)]
    [InlineData(1_000, 6)]
    public void Publish_MoreThanMayWait_IsUnavailableUntilSomeIsTaken(int count, long bytes)
    {
        var options = new RoomOptions { Durable = true };
        options.Feed.Outbox = new OutboxOptions { MaxPendingCount = count, MaxPendingBytes = bytes };
        Room room = NewRoom(options);
        Stage(room, Some.Reliable("abc"));
        Assert.False(room.IsCommitBehind);
        Stage(room, Some.Reliable("def"));
        Assert.True(room.IsCommitBehind);

        Assert.Equal(BackplaneStatus.Unavailable, room.Publish(Some.Reliable("g"), Now, out Staged refused).Status);
        Assert.Null(refused.Commit);

        Assert.True(room.TryTakeCommit(out _));
        Assert.False(room.IsCommitBehind);
        Assert.NotNull(Stage(room, Some.Reliable("g")).Commit);
    }

    [Fact]
    public void Fail_Commit_AnswersUnavailableAndDemandsToCatchUp()
    {
        Room room = NewRoom();
        Staged staged = Stage(room, Some.Reliable("a", "k", Ann));
        Staged duplicate = Stage(room, Some.Reliable("a", "k", Ann));
        Assert.True(room.TryTakeCommit(out Commit? commit));
        Staged next = Stage(room, Some.Reliable("b"));
        Assert.False(room.NeedsCatchUp);

        // Before it is sealed, too: a store that can't be reached need not be asked.
        room.Fail(commit);

        Assert.True(room.NeedsCatchUp);
        Assert.Equal(new PublishResult(BackplaneStatus.Unavailable, default, false), staged.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Unavailable, default, false), duplicate.Result);
        Assert.False(next.Commit!.Completion.IsCompleted);
        Assert.Empty(Drain(room));

        Assert.True(room.CatchUp(_store.Load(0), Now));
        Assert.False(room.NeedsCatchUp);
        CommitAll(room);
        Assert.Equal(Some.At(1), next.Result.Position);
        Assert.Equal(["b"], Drain(room));
        Staged again = Stage(room, Some.Reliable("a", "k", Ann));
        CommitAll(room);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(2), false), again.Result);
    }

    [Fact]
    public void CatchUp_StoreHadTheFailedCommit_DeliversItOnceAndKnowsItsKeys()
    {
        Room room = NewRoom();
        FailAfterTheStoreHasIt(room, Some.Reliable("a", "k", Ann));

        Assert.True(room.CatchUp(_store.Load(0), Now));
        Assert.True(room.CatchUp(_store.Load(0), Now));

        Assert.Equal(["a"], Drain(room));
        Assert.Equal(["a"], Read(room));
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true),
            room.Publish(Some.Reliable("a", "k", Ann), Now, out Staged staged));
        Assert.Null(staged.Commit);
    }

    [Fact]
    public void Seal_RetryStagedBeforeItsKeyWasCaughtUp_IsADuplicateAndNotStoredAgain()
    {
        Room room = NewRoom();
        FailAfterTheStoreHasIt(room, Some.Reliable("a", "k", Ann));
        Staged retry = Stage(room, Some.Reliable("a", "k", Ann));
        Staged retryAgain = Stage(room, Some.Reliable("a", "k", Ann));
        Staged other = Stage(room, Some.Reliable("b"));
        room.CatchUp(_store.Load(0), Now);

        FeedAppend append = CommitAll(room);

        Assert.Equal(["b"], append.Entries.Texts());
        Assert.Empty(append.Keys);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), retry.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), retryAgain.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(2), false), other.Result);
        Assert.Equal(["a", "b"], Drain(room));
    }

    [Fact]
    public void Seal_NothingButKnownKeys_AppendsNothing()
    {
        Room room = NewRoom();
        FailAfterTheStoreHasIt(room, Some.Reliable("a", "k", Ann));
        Staged retry = Stage(room, Some.Reliable("a", "k", Ann));
        room.CatchUp(_store.Load(0), Now);

        FeedAppend append = CommitAll(room);

        Assert.Equal((1, 1), (append.After, append.Head));
        Assert.Empty(append.Entries);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), retry.Result);
    }

    [Fact]
    public void CatchUp_AnotherEpoch_IsFalseAndChangesNothing()
    {
        Room room = NewRoom();
        FailAfterTheStoreHasIt(room, Some.Reliable("a"));
        _store.Epoch = Some.OtherEpoch;

        Assert.False(room.CatchUp(_store.Load(0), Now));
        Assert.True(room.NeedsCatchUp);
        Assert.Equal(Some.At(0), room.Head);
    }

    [Fact]
    public void CatchUp_BeyondWhatIsKept_TellsTheLossAndGoesOnAfterIt()
    {
        Room room = NewRoom();
        for (int i = 1; i <= 5; i++)
        {
            _store.Append(new FeedAppend(room.FeedId, Some.Epoch, i - 1, i, [Some.Entry(i, timestamp: Now)], []));
        }

        _store.Trim(2);
        Assert.True(room.CatchUp(_store.Load(0), Now));

        Assert.True(room.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        Assert.Equal(Some.At(3), batch.Lost);
        Assert.Equal((3, 5), (batch.After, batch.Through));
        Assert.Equal([4, 5], batch.Entries.Offsets());
    }

    [Fact]
    public void CatchUp_EdgeWithoutReceivers_IsToldNothing()
    {
        Room room = NewRoom();
        Stage(room, Some.Reliable("a"));
        CommitAll(room);
        EdgeOutbox outbox = room.FindOutbox(Some.Edge)!;
        Assert.True(outbox.TryTake(out _));
        room.Leave(Some.AnnsPhone, Now);
        _store.Append(new FeedAppend(room.FeedId, Some.Epoch, 1, 2, [Some.Entry(2, timestamp: Now)], []));
        _store.Append(new FeedAppend(room.FeedId, Some.Epoch, 2, 3, [Some.Entry(3, timestamp: Now)], []));
        _store.Trim(1);
        room.CatchUp(_store.Load(0), Now);
        outbox.Complete();

        Assert.False(outbox.HasWork);
    }

    [Fact]
    public void New_FromTheStore_GoesOnWithItsHistoryAndKeys()
    {
        Room before = NewRoom();
        Stage(before, Some.Reliable("a", "k", Ann));
        Stage(before, Some.Reliable("b"));
        CommitAll(before);

        Room room = NewRoom();

        Assert.Equal(Some.At(2), room.Head);
        Assert.Equal(["a", "b"], Read(room));
        Assert.Empty(Drain(room));
        Assert.Equal(
            new PublishResult(BackplaneStatus.Ok, Some.At(1), true),
            room.Publish(Some.Reliable("a", "k", Ann), Now, out _));
        Staged staged = Stage(room, Some.Reliable("c"));
        CommitAll(room);
        Assert.Equal(Some.At(3), staged.Result.Position);
    }

    [Fact]
    public void New_FromSavedState_CatchesUpAndCommits()
    {
        var options = new RoomOptions { Durable = true };
        Room before = NewRoom(options);
        Stage(before, Some.Reliable("a"));
        CommitAll(before);
        FailAfterTheStoreHasIt(before, Some.Reliable("b"));

        var room = new Room(Some.Room, options, before.Save(), Now);
        Assert.True(room.NeedsCatchUp);
        Assert.True(room.CatchUp(_store.Load(1), Now));
        Staged staged = Stage(room, Some.Reliable("c"));
        CommitAll(room);

        Assert.Equal(Some.At(3), staged.Result.Position);
        Assert.Equal(["a", "b", "c"], Drain(room));
    }

    private static Staged Stage(Room room, Publication publication)
    {
        PublishResult now = room.Publish(publication, Now, out Staged staged);
        Assert.Equal(BackplaneStatus.Unavailable, now.Status);
        Assert.NotNull(staged.Commit);
        return staged;
    }

    private static string[] Read(Room room) =>
        room.Read(Some.AnnsPhone, new HistoryQuery(null, false, 100), Now).Entries.Texts();

    private static List<string> Drain(Room room)
    {
        var texts = new List<string>();
        EdgeOutbox outbox = room.FindOutbox(Some.Edge)!;
        while (outbox.TryTake(out EdgeBatch batch))
        {
            texts.AddRange(batch.Entries.Texts());
            outbox.Complete();
        }

        return texts;
    }

    private Room NewRoom(RoomOptions? options = null)
    {
        var room = new Room(Some.Room, options ?? new RoomOptions { Durable = true }, _store.Load(0), Now);
        room.Join(new RoomJoin(Some.AnnsPhone, Some.Ann, Some.Edge, 1, default), Now);
        return room;
    }

    private FeedAppend CommitAll(Room room)
    {
        Assert.True(room.TryTakeCommit(out Commit? commit));
        FeedAppend append = room.Seal(commit, Now);
        Assert.Equal(StoreStatus.Ok, _store.Append(append));
        room.Complete(commit);
        return append;
    }

    private void FailAfterTheStoreHasIt(Room room, Publication publication)
    {
        Stage(room, publication);
        Assert.True(room.TryTakeCommit(out Commit? commit));
        Assert.Equal(StoreStatus.Ok, _store.Append(room.Seal(commit, Now)));
        room.Fail(commit);
    }
}
