using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedTests
{
    private const long Now = 1_000_000;

    private static readonly Sender AnnOnPhone = new(Some.Ann, Some.AnnsPhone);

    [Fact]
    public void Append_ReliableLatestVolatile_OffsetsCountOnlyTheSequenced()
    {
        Feed feed = NewFeed();

        Assert.Equal(Some.At(0), feed.Head);
        Assert.Equal(Some.At(1), feed.Append(Some.Reliable("a"), Now).Position);
        Assert.Equal(Some.At(2), feed.Append(Some.Latest("cursor", "b"), Now).Position);
        AppendResult third = feed.Append(Some.Volatile("c"), Now);

        Assert.Equal(Some.At(2), third.Position);
        Assert.Equal(0, third.Entry!.Offset);
        Assert.Equal(["a", "b"], Held(feed).Texts());
    }

    [Fact]
    public void Append_EveryField_StandsInTheEntry()
    {
        AppendResult result = NewFeed().Append(
            new Publication(
                Some.Bytes("x"), PayloadKind.Binary, DeliveryClass.Latest, "slot", "key", AnnOnPhone, true),
            Now);

        FeedEntry entry = result.Entry!;
        Assert.Equal(1, entry.Offset);
        Assert.Equal(Now, entry.Timestamp);
        Assert.Equal("x", entry.Text());
        Assert.Equal(PayloadKind.Binary, entry.PayloadKind);
        Assert.Equal(DeliveryClass.Latest, entry.Class);
        Assert.Equal("slot", entry.Slot);
        Assert.Same(AnnOnPhone, entry.Sender);
        Assert.True(entry.ExceptSender);
    }

    [Fact]
    public void Append_SameKeyOfSameUser_GivesFirstPositionAndPublishesNothing()
    {
        Feed feed = NewFeed();
        feed.Append(Some.Reliable("first", "k", AnnOnPhone), Now);
        feed.Append(Some.Reliable("other"), Now);

        AppendResult again = feed.Append(Some.Reliable("again", "k", new Sender(Some.Ann, Some.AnnsLaptop)), Now);

        Assert.Equal(new AppendResult(Some.At(1), null), again);
        Assert.Equal(["first", "other"], Held(feed).Texts());
    }

    [Fact]
    public void Append_SameKeyOfAnotherUserOrTheServer_IsAnotherMessage()
    {
        Feed feed = NewFeed();
        feed.Append(Some.Reliable("ann", "k", AnnOnPhone), Now);
        feed.Append(Some.Reliable("bob", "k", new Sender(Some.Bob, Some.BobsPhone)), Now);
        feed.Append(Some.Reliable("server", "k"), Now);
        AppendResult again = feed.Append(Some.Reliable("server again", "k"), Now);

        Assert.Equal(["ann", "bob", "server"], Held(feed).Texts());
        Assert.Equal(Some.At(3), again.Position);
    }

    [Fact]
    public void Append_KeyWhoseEntryWasDropped_IsStillADuplicate()
    {
        Feed feed = NewFeed(new FeedOptions { MaxCount = 1 });
        feed.Append(Some.Reliable("first", "k"), Now);
        feed.Append(Some.Reliable("second"), Now);

        Assert.Equal(new AppendResult(Some.At(1), null), feed.Append(Some.Reliable("first", "k"), Now));
    }

    [Theory]
    [InlineData(59_999, true)]
    [InlineData(60_000, false)]
    public void Append_KeyAfterTime_IsADuplicateWithinTheWindowOnly(long after, bool duplicate)
    {
        Feed feed = NewFeed(new FeedOptions { IdempotencyWindow = TimeSpan.FromMinutes(1) });
        feed.Append(Some.Reliable("first", "k"), Now);
        feed.Append(Some.Reliable("first", "k"), Now + 30_000);

        Assert.Equal(duplicate, feed.Append(Some.Reliable("first", "k"), Now + after).Entry is null);
    }

    [Fact]
    public void Append_MoreKeysThanRemembered_ForgetsTheOldest()
    {
        Feed feed = NewFeed(new FeedOptions { MaxKeys = 2 });
        feed.Append(Some.Reliable("1", "k1"), Now);
        feed.Append(Some.Reliable("2", "k2"), Now);
        feed.Append(Some.Reliable("3", "k3"), Now);

        Assert.Null(feed.Append(Some.Reliable("2", "k2"), Now).Entry);
        Assert.Null(feed.Append(Some.Reliable("3", "k3"), Now).Entry);
        Assert.Equal(Some.At(4), feed.Append(Some.Reliable("1", "k1"), Now).Position);
    }

    [Fact]
    public void Append_LatestOfOneSlot_KeepsTheNewestAtItsOwnOffset()
    {
        Feed feed = NewFeed();
        feed.Append(Some.Latest("a", "a1"), Now);
        feed.Append(Some.Reliable("r"), Now);
        feed.Append(Some.Latest("b", "b1"), Now);
        feed.Append(Some.Latest("a", "a2"), Now);

        Assert.Equal(["r", "b1", "a2"], Held(feed).Texts());
        Assert.Equal([2, 3, 4], Held(feed).Offsets());
    }

    [Fact]
    public void Append_BeyondMaxCount_DropsTheOldest()
    {
        Feed feed = NewFeed(new FeedOptions { MaxCount = 2 });
        foreach (string text in new[] { "a", "b", "c" })
        {
            feed.Append(Some.Reliable(text), Now);
        }

        Assert.Equal(["b", "c"], Held(feed).Texts());
    }

    [Fact]
    public void Append_BeyondMaxBytes_DropsTheOldest()
    {
        Feed feed = NewFeed(new FeedOptions { MaxBytes = 10 });
        feed.Append(Some.Sized(6), Now);
        feed.Append(Some.Sized(4), Now);
        Assert.Equal([1, 2], Held(feed).Offsets());

        feed.Append(Some.Sized(1), Now);
        Assert.Equal([2, 3], Held(feed).Offsets());
    }

    [Fact]
    public void Append_LargerThanMaxBytes_HasAnOffsetAndIsNotKept()
    {
        Feed feed = NewFeed(new FeedOptions { MaxBytes = 10 });
        feed.Append(Some.Sized(1), Now);

        Assert.Equal(Some.At(2), feed.Append(Some.Sized(11), Now).Position);
        Assert.Empty(Held(feed));
        Assert.Equal(RecoveryOutcome.Trimmed, feed.Recover(Some.At(1), Some.AnnsPhone, Now).Outcome);
        Assert.Equal(RecoveryOutcome.Recovered, feed.Recover(Some.At(2), Some.AnnsPhone, Now).Outcome);
    }

    [Theory]
    [InlineData(99, new long[] { 1, 2 })]
    [InlineData(100, new long[] { 2 })]
    [InlineData(149, new long[] { 2 })]
    [InlineData(150, new long[0])]
    public void Read_AfterTime_HoldsWhatIsYoungerThanMaxAge(long after, long[] held)
    {
        Feed feed = NewFeed(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) });
        feed.Append(Some.Reliable(), Now);
        feed.Append(Some.Reliable(), Now + 50);

        Assert.Equal(held, Held(feed, Now + after).Offsets());
    }

    [Fact]
    public void Append_ClockGoesBack_TimestampsDoNot()
    {
        Feed feed = NewFeed(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) });
        feed.Append(Some.Reliable(), Now);

        Assert.Equal(Now, feed.Append(Some.Reliable(), Now - 5_000).Entry!.Timestamp);
        Assert.Equal([1, 2], Held(feed, Now + 99).Offsets());
        Assert.Empty(Held(feed, Now + 100));
    }

    [Fact]
    public void Append_MoreSlotsThanAllowed_DropsTheOldestSlotsEntryOnly()
    {
        Feed feed = NewFeed(new FeedOptions { MaxSlots = 2 });
        feed.Append(Some.Reliable("r"), Now);
        feed.Append(Some.Latest("a", "a1"), Now);
        feed.Append(Some.Latest("b", "b1"), Now);
        feed.Append(Some.Latest("a", "a2"), Now);
        feed.Append(Some.Latest("c", "c1"), Now);

        Assert.Equal(["r", "a2", "c1"], Held(feed).Texts());
        Assert.Equal(RecoveryOutcome.Trimmed, feed.Recover(Some.At(2), Some.AnnsPhone, Now).Outcome);
        Assert.Equal([4, 5], feed.Recover(Some.At(3), Some.AnnsPhone, Now).Missed.Offsets());
    }

    [Fact]
    public void Recover_DroppedSlotThatWasSupersededSince_IsRecoverableAgain()
    {
        Feed feed = NewFeed(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) });
        feed.Append(Some.Latest("a", "a1"), Now);
        feed.Append(Some.Latest("b", "b1"), Now);
        feed.Append(Some.Latest("a", "a2"), Now + 150);
        Assert.Equal(RecoveryOutcome.Trimmed, feed.Recover(Some.At(0), Some.AnnsPhone, Now + 150).Outcome);

        feed.Append(Some.Latest("b", "b2"), Now + 150);
        Recovery recovery = feed.Recover(Some.At(0), Some.AnnsPhone, Now + 150);

        Assert.Equal(RecoveryOutcome.Recovered, recovery.Outcome);
        Assert.Equal(["a2", "b2"], recovery.Missed.Texts());
    }

    [Fact]
    public void Recover_MoreDroppedSlotsThanRemembered_StaysTrimmed()
    {
        Feed feed = NewFeed(new FeedOptions { MaxSlots = 1, MaxAge = TimeSpan.FromMilliseconds(100) });
        feed.Append(Some.Latest("a"), Now);
        feed.Append(Some.Latest("b"), Now);
        feed.Append(Some.Latest("c"), Now);
        feed.Append(Some.Latest("a"), Now + 150);
        feed.Append(Some.Latest("b"), Now + 150);
        feed.Append(Some.Latest("c"), Now + 150);

        Assert.Equal(RecoveryOutcome.Trimmed, feed.Recover(Some.At(0), Some.AnnsPhone, Now + 150).Outcome);
    }

    [Fact]
    public void Recover_NoPosition_RecoversNothing()
    {
        Feed feed = NewFeed();
        feed.Append(Some.Reliable(), Now);

        AssertRecovery(RecoveryOutcome.NotAsked, 1, [], feed.Recover(null, Some.AnnsPhone, Now));
    }

    [Fact]
    public void Recover_Positions_GiveWhatIsAfterOrWhyNot()
    {
        Feed feed = NewFeed(new FeedOptions { MaxCount = 2 });
        for (int i = 0; i < 4; i++)
        {
            feed.Append(Some.Reliable(), Now);
        }

        AssertRecovery(RecoveryOutcome.Trimmed, 4, [], feed.Recover(Some.At(1), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Recovered, 4, [3, 4], feed.Recover(Some.At(2), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Recovered, 4, [4], feed.Recover(Some.At(3), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Recovered, 4, [], feed.Recover(Some.At(4), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Ahead, 4, [], feed.Recover(Some.At(5), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Trimmed, 4, [], feed.Recover(Some.At(-1), Some.AnnsPhone, Now));
        AssertRecovery(
            RecoveryOutcome.EpochChanged, 4, [], feed.Recover(new Position(Some.OtherEpoch, 3), Some.AnnsPhone, Now));
    }

    [Fact]
    public void Recover_ExceptSender_LeavesOutTheReadersOwnOnly()
    {
        Feed feed = NewFeed();
        feed.Append(Some.Reliable("held back", from: AnnOnPhone, exceptSender: true), Now);
        feed.Append(Some.Reliable("own", from: AnnOnPhone), Now);

        Assert.Equal(["own"], feed.Recover(Some.At(0), Some.AnnsPhone, Now).Missed.Texts());
        Assert.Equal(["held back", "own"], feed.Recover(Some.At(0), Some.AnnsLaptop, Now).Missed.Texts());
    }

    [Theory]
    [InlineData(2, null, 1, RecoveryOutcome.Recovered)]
    [InlineData(2, null, 0, RecoveryOutcome.Trimmed)]
    [InlineData(null, 20L, 1, RecoveryOutcome.Recovered)]
    [InlineData(null, 19L, 1, RecoveryOutcome.Trimmed)]
    [InlineData(0, null, 3, RecoveryOutcome.Recovered)]
    [InlineData(0, null, 2, RecoveryOutcome.Trimmed)]
    public void Recover_MoreThanTheLimit_IsTrimmed(int? count, long? bytes, long from, RecoveryOutcome outcome)
    {
        Feed feed = NewFeed(new FeedOptions { RecoveryLimit = count, RecoveryLimitBytes = bytes });
        for (int i = 0; i < 3; i++)
        {
            feed.Append(Some.Sized(10), Now);
        }

        Recovery recovery = feed.Recover(Some.At(from), Some.AnnsPhone, Now);

        AssertRecovery(
            outcome, 3, outcome == RecoveryOutcome.Recovered ? [.. Range(from + 1, 3)] : [], recovery);
    }

    [Fact]
    public void Append_HistoryOff_SequencesAndRecoversFromTheHeadOnly()
    {
        Feed feed = NewFeed(new FeedOptions { MaxCount = 0 });
        feed.Append(Some.Latest("a"), Now);
        Assert.Equal(Some.At(2), feed.Append(Some.Reliable("b", "k"), Now).Position);

        Assert.Empty(Held(feed));
        Assert.Null(feed.Append(Some.Reliable("b", "k"), Now).Entry);
        AssertRecovery(RecoveryOutcome.Trimmed, 2, [], feed.Recover(Some.At(1), Some.AnnsPhone, Now));
        AssertRecovery(RecoveryOutcome.Recovered, 2, [], feed.Recover(Some.At(2), Some.AnnsPhone, Now));
    }

    [Fact]
    public void Read_Pages_WalkTheHistoryInEitherDirection()
    {
        Feed feed = NewFeed();
        for (int i = 0; i < 5; i++)
        {
            feed.Append(Some.Reliable(), Now);
        }

        AssertPage([1, 2], true, feed.Read(new HistoryQuery(null, false, 2), Now));
        AssertPage([3, 4], true, feed.Read(new HistoryQuery(Some.At(2), false, 2), Now));
        AssertPage([5], false, feed.Read(new HistoryQuery(Some.At(4), false, 2), Now));
        AssertPage([], false, feed.Read(new HistoryQuery(Some.At(5), false, 2), Now));
        AssertPage([5, 4], true, feed.Read(new HistoryQuery(null, true, 2), Now));
        AssertPage([3, 2], true, feed.Read(new HistoryQuery(Some.At(4), true, 2), Now));
        AssertPage([1], false, feed.Read(new HistoryQuery(Some.At(2), true, 2), Now));
        AssertPage([], false, feed.Read(new HistoryQuery(Some.At(1), true, 2), Now));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_PositionOfAnotherEpochOrAhead_IsUnknown(bool backward)
    {
        Feed feed = NewFeed();
        feed.Append(Some.Reliable(), Now);

        Position[] unknown = [new(Some.OtherEpoch, 1), Some.At(2)];
        foreach (Position position in unknown)
        {
            HistoryResult result = feed.Read(new HistoryQuery(position, backward, 10), Now);
            Assert.Equal(BackplaneStatus.PositionUnknown, result.Status);
            Assert.Equal(Some.At(1), result.Head);
            Assert.Empty(result.Entries);
        }
    }

    [Fact]
    public void Read_TrimmedPosition_IsUnknownForwardAndTheEndBackward()
    {
        Feed feed = NewFeed(new FeedOptions { MaxCount = 2 });
        for (int i = 0; i < 4; i++)
        {
            feed.Append(Some.Reliable(), Now);
        }

        Assert.Equal(
            BackplaneStatus.PositionUnknown, feed.Read(new HistoryQuery(Some.At(1), false, 9), Now).Status);
        AssertPage([], false, feed.Read(new HistoryQuery(Some.At(2), true, 9), Now));
    }

    [Fact]
    public void ExpiresAt_EntriesAndKeys_IsWhenTheLastIsGone()
    {
        Feed feed = NewFeed(new FeedOptions
        {
            MaxAge = TimeSpan.FromMilliseconds(100),
            IdempotencyWindow = TimeSpan.FromMilliseconds(300),
        });
        Assert.Null(feed.ExpiresAt);

        feed.Append(Some.Volatile(), Now);
        Assert.Null(feed.ExpiresAt);

        feed.Append(Some.Reliable(), Now);
        Assert.Equal(Now + 100, feed.ExpiresAt);

        feed.Append(Some.Reliable(key: "k"), Now + 10);
        Assert.Equal(Now + 310, feed.ExpiresAt);

        feed.Append(Some.Reliable(), Now + 250);
        Assert.Equal(Now + 350, feed.ExpiresAt);

        feed.Trim(Now + 350);
        Assert.Null(feed.ExpiresAt);
        Assert.Equal(Some.At(3), feed.Head);
    }

    private static Feed NewFeed(FeedOptions? options = null) => new(options ?? new FeedOptions(), Some.Epoch);

    private static IReadOnlyList<FeedEntry> Held(Feed feed, long now = Now) =>
        feed.Read(new HistoryQuery(null, false, int.MaxValue), now).Entries;

    private static IEnumerable<long> Range(long first, long last)
    {
        for (long offset = first; offset <= last; offset++)
        {
            yield return offset;
        }
    }

    private static void AssertRecovery(RecoveryOutcome outcome, long head, long[] missed, Recovery recovery)
    {
        Assert.Equal(outcome, recovery.Outcome);
        Assert.Equal(Some.At(head), recovery.Head);
        Assert.Equal(missed, recovery.Missed.Offsets());
    }

    private static void AssertPage(long[] offsets, bool more, HistoryResult page)
    {
        Assert.Equal(BackplaneStatus.Ok, page.Status);
        Assert.Equal(offsets, page.Entries.Offsets());
        Assert.Equal(more, page.More);
    }
}
