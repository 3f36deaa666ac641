using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class EdgeOutboxTests
{
    private long _head;

    [Fact]
    public void TryTake_NothingWaits_IsFalse()
    {
        EdgeOutbox outbox = NewOutbox();

        Assert.False(outbox.HasWork);
        Assert.False(outbox.TryTake(out _));
    }

    [Fact]
    public void TryTake_BatchInFlight_WaitsUntilItIsComplete()
    {
        EdgeOutbox outbox = NewOutbox();
        Append(outbox, 2);
        Assert.Equal([1, 2], Take(outbox).Entries.Offsets());

        Append(outbox, 3);
        Assert.False(outbox.HasWork);
        Assert.False(outbox.TryTake(out _));

        outbox.Complete();
        Assert.Equal([3, 4, 5], Take(outbox).Entries.Offsets());
    }

    [Fact]
    public void Append_WhileInFlight_LeavesTheTakenListAlone()
    {
        EdgeOutbox outbox = NewOutbox();
        Append(outbox, 1);
        EdgeBatch batch = Take(outbox);
        Append(outbox, 1);

        Assert.Equal([1], batch.Entries.Offsets());
    }

    [Fact]
    public void Fail_Batch_IsTakenAgainBeforeWhatCameSince()
    {
        EdgeOutbox outbox = NewOutbox();
        Append(outbox, 2);
        Take(outbox);
        Append(outbox, 1);
        outbox.Fail();

        Assert.True(outbox.HasWork);
        Assert.Equal([1, 2], Take(outbox).Entries.Offsets());
        outbox.Complete();
        Assert.Equal([3], Take(outbox).Entries.Offsets());
    }

    [Fact]
    public void Fail_VolatileEntries_AreNotSentTwice()
    {
        EdgeOutbox outbox = NewOutbox();
        AppendVolatile(outbox);
        Append(outbox, 1);
        Take(outbox);
        outbox.Fail();
        Assert.Equal([1], Take(outbox).Entries.Offsets());
        outbox.Complete();

        AppendVolatile(outbox);
        Take(outbox);
        outbox.Fail();
        Assert.False(outbox.TryTake(out _));
    }

    [Fact]
    public void TryTake_MoreThanABatch_TakesPortions()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxBatchCount = 2 });
        Append(outbox, 5);

        Assert.Equal([[1, 2], [3, 4], [5]], TakeAll(outbox));
    }

    [Fact]
    public void TryTake_MoreBytesThanABatch_TakesPortionsOfAtLeastOne()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxBatchBytes = 10 });
        foreach (int bytes in new[] { 4, 6, 1, 25, 10, 1 })
        {
            Append(outbox, 1, bytes);
        }

        Assert.Equal([[1, 2], [3], [4], [5], [6]], TakeAll(outbox));
    }

    [Fact]
    public void Append_LatestOfASlotThatWaits_ReplacesIt()
    {
        EdgeOutbox outbox = NewOutbox();
        AppendLatest(outbox, "a");
        Append(outbox, 1);
        AppendLatest(outbox, "b");
        AppendLatest(outbox, "a");

        Assert.Equal([2, 3, 4], Take(outbox).Entries.Offsets());
    }

    [Fact]
    public void Append_LatestOfASlotInFlight_LeavesThatAlone()
    {
        EdgeOutbox outbox = NewOutbox();
        AppendLatest(outbox, "a");
        EdgeBatch first = Take(outbox);
        AppendLatest(outbox, "a");
        AppendLatest(outbox, "a");

        Assert.Equal([1], first.Entries.Offsets());
        outbox.Complete();
        Assert.Equal([3], Take(outbox).Entries.Offsets());
    }

    [Fact]
    public void Append_FullAndVolatile_IsDropped()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 2 });
        Append(outbox, 2);
        AppendVolatile(outbox);

        EdgeBatch batch = Take(outbox);
        Assert.Null(batch.Lost);
        Assert.Equal([1, 2], batch.Entries.Offsets());
    }

    [Fact]
    public void Append_FullOfVolatile_MakesRoomForReliable()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 3 });
        AppendVolatile(outbox);
        Append(outbox, 1);
        AppendVolatile(outbox);
        Append(outbox, 1);

        EdgeBatch batch = Take(outbox);
        Assert.Null(batch.Lost);
        Assert.Equal([1, 2], batch.Entries.Offsets());
    }

    [Fact]
    public void Append_FullWithItsOwnSlot_ReplacesIt()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 2 });
        AppendLatest(outbox, "a");
        Append(outbox, 1);
        AppendLatest(outbox, "a");

        EdgeBatch batch = Take(outbox);
        Assert.Null(batch.Lost);
        Assert.Equal([2, 3], batch.Entries.Offsets());
    }

    [Fact]
    public void Append_Overflow_BecomesANoticeOfLossUpToTheEntryThatDidNotFit()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 2 });
        Append(outbox, 4);

        EdgeBatch batch = Take(outbox);
        Assert.Equal(Some.At(3), batch.Lost);
        Assert.Equal([4], batch.Entries.Offsets());
    }

    [Fact]
    public void Append_OverflowOfBytes_BecomesANoticeOfLoss()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingBytes = 10 });
        Append(outbox, 1, 6);
        Append(outbox, 1, 4);
        Append(outbox, 1, 1);

        EdgeBatch batch = Take(outbox);
        Assert.Equal(Some.At(3), batch.Lost);
        Assert.Empty(batch.Entries);
    }

    [Fact]
    public void Append_OverflowWhileInFlight_SparesTheBatch()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 2 });
        Append(outbox, 2);
        Take(outbox);
        Append(outbox, 7);
        outbox.Fail();

        EdgeBatch again = Take(outbox);
        Assert.Null(again.Lost);
        Assert.Equal([1, 2], again.Entries.Offsets());
        outbox.Complete();
        EdgeBatch next = Take(outbox);
        Assert.Equal(Some.At(8), next.Lost);
        Assert.Equal([9], next.Entries.Offsets());
    }

    [Fact]
    public void Fail_NoticeOfLoss_IsTakenAgain()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 1 });
        Append(outbox, 2);
        Take(outbox);
        outbox.Fail();
        Assert.Equal(Some.At(2), Take(outbox).Lost);

        outbox.Complete();
        Append(outbox, 1);
        Assert.Null(Take(outbox).Lost);
    }

    [Fact]
    public void Append_MorePresenceThanAllowed_DropsAllThatWait()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingPresence = 2 });
        outbox.Append(Change(1));
        outbox.Append(Change(2));
        outbox.Append(Change(3));

        Assert.Equal([3L], Take(outbox).Presence.Select(change => change.Version));
        outbox.Append(Change(4));
        outbox.Fail();
        Assert.Equal([3L], Take(outbox).Presence.Select(change => change.Version));
        outbox.Complete();
        Assert.Equal([4L], Take(outbox).Presence.Select(change => change.Version));
        outbox.Complete();
        Assert.False(outbox.HasWork);
    }

    [Fact]
    public void Reset_NoReceiversLeft_ForgetsAllButTheFlight()
    {
        EdgeOutbox outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 2 });
        Append(outbox, 1);
        EdgeBatch batch = Take(outbox);
        Append(outbox, 4);
        outbox.Append(Change(1));
        outbox.Receivers = 0;
        outbox.Reset();

        Assert.Equal([1], batch.Entries.Offsets());
        outbox.Fail();
        Assert.False(outbox.HasWork);
    }

    [Fact]
    public void Reset_AfterAFailure_ForgetsThatToo()
    {
        EdgeOutbox outbox = NewOutbox();
        Append(outbox, 1);
        Take(outbox);
        outbox.Fail();
        outbox.Reset();

        Assert.False(outbox.TryTake(out _));
        Append(outbox, 1);
        Assert.Equal([2], Take(outbox).Entries.Offsets());
    }

    private static EdgeOutbox NewOutbox(OutboxOptions? options = null) =>
        new(Some.Edge, options ?? new OutboxOptions()) { Receivers = 1 };

    private static PresenceChange Change(long version) =>
        new(PresenceMode.Count, version - 1, version, 1, [], [], []);

    private static EdgeBatch Take(EdgeOutbox outbox)
    {
        Assert.True(outbox.TryTake(out EdgeBatch batch));
        Assert.True(outbox.InFlight);
        return batch;
    }

    private static long[][] TakeAll(EdgeOutbox outbox)
    {
        var batches = new List<long[]>();
        while (outbox.TryTake(out EdgeBatch batch))
        {
            batches.Add(batch.Entries.Offsets());
            outbox.Complete();
        }

        return [.. batches];
    }

    private void Append(EdgeOutbox outbox, int count, int bytes = 0)
    {
        for (int i = 0; i < count; i++)
        {
            outbox.Append(Some.Entry(++_head, bytes: bytes), Some.At(_head));
        }
    }

    private void AppendLatest(EdgeOutbox outbox, string slot) =>
        outbox.Append(Some.Entry(++_head, DeliveryClass.Latest, slot), Some.At(_head));

    private void AppendVolatile(EdgeOutbox outbox) =>
        outbox.Append(Some.Entry(0, DeliveryClass.Volatile), Some.At(_head));
}
