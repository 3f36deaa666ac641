using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedRestoreTests
{
    private const long Now = 1_000_000;

    [Fact]
    public void Save_Feed_HoldsEntriesKeysAndHowFarItReachesBack()
    {
        var feed = new Feed(new FeedOptions { MaxCount = 3 }, Some.Epoch);
        feed.Append(Some.Reliable("a", "k"), Now);
        feed.Append(Some.Latest("s", "b"), Now + 1);
        feed.Append(Some.Latest("s", "c", "l"), Now + 2);
        feed.Append(Some.Reliable("d"), Now + 3);
        feed.Append(Some.Reliable("e"), Now + 4);

        StoredFeed saved = feed.Save();

        Assert.Equal((Some.Epoch, 5L, 1L), (saved.Epoch, saved.Head, saved.Floor));
        Assert.Equal(["c", "d", "e"], saved.Entries.Texts());
        Assert.Equal([new StoredKey(null, "k", 1, Now), new StoredKey(null, "l", 3, Now + 2)], saved.Keys);
    }

    [Fact]
    public void New_FromAnEmptyFeed_BeginsAtItsEpoch()
    {
        var feed = new Feed(new FeedOptions(), StoredFeed.Empty(Some.Epoch), Now);

        Assert.Equal(Some.At(0), feed.Head);
        Assert.Null(feed.ExpiresAt);
        Assert.Equal(Some.At(1), feed.Append(Some.Reliable(), Now).Position);
    }

    [Fact]
    public void New_StoredTooLongAgo_HasExpired()
    {
        var options = new FeedOptions
        {
            MaxAge = TimeSpan.FromMilliseconds(100),
            IdempotencyWindow = TimeSpan.FromMilliseconds(200),
        };
        var before = new Feed(options, Some.Epoch);
        before.Append(Some.Reliable("a", "k"), Now);

        var feed = new Feed(options, before.Save(), Now + 100);

        Assert.Equal(1, feed.ReachesBackTo);
        Assert.Equal(RecoveryOutcome.Trimmed, feed.Recover(Some.At(0), Some.AnnsPhone, Now + 100).Outcome);
        Assert.True(feed.TryFindKey(Some.Reliable(key: "k"), Now + 199, out Position first));
        Assert.Equal(Some.At(1), first);
        Assert.False(feed.TryFindKey(Some.Reliable(key: "k"), Now + 200, out _));
    }

    [Fact]
    public void Since_Offset_GivesAllThatIsHeldAfterIt()
    {
        var feed = new Feed(new FeedOptions { MaxCount = 3 }, Some.Epoch);
        for (int i = 0; i < 5; i++)
        {
            feed.Append(Some.Reliable(from: new Sender(Some.Ann, Some.AnnsPhone), exceptSender: true), Now);
        }

        Assert.Equal([3, 4, 5], feed.Since(0).Offsets());
        Assert.Equal([5], feed.Since(4).Offsets());
        Assert.Empty(feed.Since(5));
    }

    [Fact]
    public void Advance_WhatItHasAlready_ChangesNothing()
    {
        var feed = new Feed(new FeedOptions(), Some.Epoch);
        StoredFeed older = feed.Save();
        feed.Append(Some.Reliable("a", "k"), Now);
        feed.Advance(feed.Save(), Now);
        feed.Advance(older, Now);

        Assert.Equal(Some.At(1), feed.Head);
        Assert.Equal([1], feed.Since(0).Offsets());
        Assert.Single(feed.Save().Keys);
    }

    [Fact]
    public void Advance_NewerEntryOfASlot_SupersedesTheOneThatIsHeld()
    {
        var feed = new Feed(new FeedOptions(), Some.Epoch);
        feed.Append(Some.Latest("s", "a"), Now);
        feed.Append(Some.Reliable("b"), Now);
        feed.Advance(Stored(3, 0, Some.Entry(3, DeliveryClass.Latest, "s", timestamp: Now)), Now);

        Assert.Equal([2, 3], feed.Since(0).Offsets());
        Assert.Equal(RecoveryOutcome.Recovered, feed.Recover(Some.At(0), Some.AnnsPhone, Now).Outcome);
    }

    [Fact]
    public void Advance_BeyondWhatIsKept_LeavesNoHole()
    {
        var feed = new Feed(new FeedOptions(), Some.Epoch);
        feed.Append(Some.Reliable("a"), Now);
        feed.Append(Some.Latest("s", "b"), Now);
        feed.Advance(Stored(9, 8, Some.Entry(9, timestamp: Now)), Now);

        Assert.Equal([9], feed.Read(new HistoryQuery(null, true, 9), Now).Entries.Offsets());
        Assert.Equal(8, feed.ReachesBackTo);
        feed.Append(Some.Latest("s", "c"), Now);
        Assert.Equal([9, 10], feed.Since(0).Offsets());
    }

    [Fact]
    public void Advance_WrittenByAClockThatIsAhead_CountsAsNow()
    {
        var feed = new Feed(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) }, Some.Epoch);
        feed.Advance(Stored(1, 0, Some.Entry(1, timestamp: Now + 50)), Now);
        AppendResult result = feed.Append(Some.Reliable(), Now);

        Assert.Equal(Now + 50, result.Entry!.Timestamp);
        Assert.Equal(Now + 150, feed.ExpiresAt);
    }

    [Fact]
    public void Advance_KeyThatTheOtherForgotAndTookAgain_IsKnownByTheNewer()
    {
        var options = new FeedOptions { MaxKeys = 2, IdempotencyWindow = TimeSpan.FromMilliseconds(100) };
        var feed = new Feed(options, Some.Epoch);
        feed.Append(Some.Reliable(key: "k"), Now);
        feed.Advance(
            Stored(9, 0) with { Keys = [new StoredKey(null, "l", 8, Now + 5), new StoredKey(null, "k", 9, Now + 10)] },
            Now + 10);

        Assert.Equal([("l", 8L), ("k", 9L)], feed.Save().Keys.Select(key => (key.Key, key.Offset)));

        // Nor is the newer one forgotten with the older.
        Assert.True(feed.TryFindKey(Some.Reliable(key: "k"), Now + 109, out Position first));
        Assert.Equal(Some.At(9), first);
        Assert.False(feed.TryFindKey(Some.Reliable(key: "k"), Now + 110, out _));
    }

    private static StoredFeed Stored(long head, long floor, params FeedEntry[] entries) =>
        new(Some.Epoch, head, floor, entries, []);
}
