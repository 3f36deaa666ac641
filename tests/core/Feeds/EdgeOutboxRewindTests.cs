using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class EdgeOutboxRewindTests
{
    private readonly EdgeOutbox _outbox = NewOutbox(new OutboxOptions { MaxPendingCount = 3, MaxBatchCount = 2 });

    private long _head;

    [Fact]
    public void TryTake_Portions_AreAChainFromWhereTheReceiverBegan()
    {
        Begin(7);
        Append(3);

        AssertBatch(Take(), 7, 9, 8, 9);
        _outbox.Complete();
        AssertBatch(Take(), 9, 10, 10);
        _outbox.Complete();
        Assert.Equal(10, _outbox.Seen);
    }

    [Fact]
    public void TryTake_Superseded_GoesThroughTheOffsetsInBetween()
    {
        AppendLatest("a");
        AppendLatest("b");
        AppendLatest("a");
        AssertBatch(Take(), 0, 3, 2, 3);
        _outbox.Complete();

        // While that of a slot in a later portion is newer, what is left out belongs to neither.
        AppendLatest("a");
        Append(1);
        AppendLatest("b");
        AppendLatest("a");
        AssertBatch(Take(), 3, 6, 5, 6);
        _outbox.Complete();
        AssertBatch(Take(), 6, 7, 7);
    }

    [Fact]
    public void TryTake_VolatileOrPresenceOnly_LeavesTheOffsetAlone()
    {
        Begin(4);
        _outbox.Append(Some.Entry(0, DeliveryClass.Volatile), Some.At(4));
        AssertBatch(Take(), 4, 4, 0);
        _outbox.Complete();
        _outbox.Append(Change(1));
        AssertBatch(Take(), 4, 4);
    }

    [Fact]
    public void TryTake_Loss_GoesOnAfterIt()
    {
        Append(5);
        EdgeBatch batch = Take();

        Assert.Equal(Some.At(4), batch.Lost);
        AssertBatch(batch, 4, 5, 5);
    }

    [Fact]
    public void Fail_Batch_IsTheSameLinkOfTheChainAgain()
    {
        Append(2);
        Take();
        Append(1);
        _outbox.Fail();
        Assert.Equal(0, _outbox.Seen);

        AssertBatch(Take(), 0, 2, 1, 2);
        _outbox.Complete();
        AssertBatch(Take(), 2, 3, 3);
    }

    [Fact]
    public void Seen_LossInFlight_IsWhatWasSeenBefore()
    {
        Append(1);
        Take();
        _outbox.Complete();
        Append(4);
        Assert.NotNull(Take().Lost);

        Assert.Equal(1, _outbox.Seen);
        _outbox.Fail();
        Assert.Equal(1, _outbox.Seen);
        Take();
        _outbox.Complete();
        Assert.Equal(5, _outbox.Seen);
    }

    [Fact]
    public void Rewind_InFlight_DoesNotSendTheFlightAgain()
    {
        Append(2);
        Take();
        Append(1);
        Rewind(1, isLost: false);
        Assert.Equal(1, _outbox.Seen);
        Assert.False(_outbox.TryTake(out _));
        _outbox.Fail();

        AssertBatch(Take(), 1, 3, 2, 3);
        _outbox.Complete();
        Assert.False(_outbox.HasWork);
    }

    [Fact]
    public void Rewind_FlightArrivesAfterAll_StillHandsOutWhatWasAskedFor()
    {
        Append(3);
        Take();
        Rewind(0, isLost: false);
        _outbox.Complete();

        Assert.Equal(0, _outbox.Seen);
        AssertBatch(Take(), 0, 2, 1, 2);
    }

    [Fact]
    public void Rewind_AfterAFailure_ForgetsTheFailedBatch()
    {
        Append(2);
        Take();
        _outbox.Fail();
        Rewind(1, isLost: false);

        AssertBatch(Take(), 1, 2, 2);
    }

    [Fact]
    public void Rewind_Lost_IsNotKnownToBeSeenBeforeItArrived()
    {
        Append(2);
        Rewind(1, isLost: true);
        Assert.Equal(-1, _outbox.Seen);

        EdgeBatch batch = Take();
        Assert.Equal(Some.At(1), batch.Lost);
        AssertBatch(batch, 1, 2, 2);
        Assert.Equal(-1, _outbox.Seen);
        _outbox.Complete();
        Assert.Equal(2, _outbox.Seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rewind_PresenceThatWasTaken_WaitsAgainBeforeWhatCameSince(bool inFlight)
    {
        _outbox.Append(Change(1));
        Take();
        if (!inFlight)
        {
            _outbox.Fail();
        }

        _outbox.Append(Change(2));
        Rewind(0, isLost: false);
        if (inFlight)
        {
            _outbox.Fail();
        }

        Assert.Equal([1L, 2], Take().Presence.Select(change => change.Version));
        _outbox.Complete();
        Assert.False(_outbox.HasWork);
    }

    [Fact]
    public void Rewind_PresenceThatArrived_IsNotToldAgain()
    {
        _outbox.Append(Change(1));
        Take();
        Rewind(0, isLost: false);
        _outbox.Complete();

        Assert.False(_outbox.HasWork);
    }

    [Fact]
    public void Reset_ThenNewReceiver_BeginsAnewBehindTheFlight()
    {
        Append(2);
        Take();
        _outbox.Receivers = 0;
        _outbox.Reset();
        _outbox.Receivers = 1;
        _outbox.Begin(2);
        Append(1);
        _outbox.Fail();

        Assert.Equal(2, _outbox.Seen);
        AssertBatch(Take(), 2, 3, 3);
    }

    private static EdgeOutbox NewOutbox(OutboxOptions options) =>
        new(Some.Edge, options) { Receivers = 1, Watchers = 1 };

    private static PresenceChange Change(long version) =>
        new(PresenceMode.Count, version - 1, version, 1, [], [], []);

    private static void AssertBatch(EdgeBatch batch, long after, long through, params long[] offsets)
    {
        Assert.Equal((after, through), (batch.After, batch.Through));
        Assert.Equal(offsets, batch.Entries.Offsets());
    }

    private void Begin(long head)
    {
        _head = head;
        _outbox.Begin(head);
    }

    private EdgeBatch Take()
    {
        Assert.True(_outbox.TryTake(out EdgeBatch batch));
        return batch;
    }

    private void Append(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _outbox.Append(Some.Entry(++_head), Some.At(_head));
        }
    }

    private void AppendLatest(string slot) =>
        _outbox.Append(Some.Entry(++_head, DeliveryClass.Latest, slot), Some.At(_head));

    // As the owner does it: what is still held of the feed is appended again.
    private void Rewind(long to, bool isLost)
    {
        _outbox.Rewind(Some.At(to), isLost);
        for (long offset = to + 1; offset <= _head; offset++)
        {
            _outbox.Append(Some.Entry(offset), Some.At(offset));
        }
    }
}
