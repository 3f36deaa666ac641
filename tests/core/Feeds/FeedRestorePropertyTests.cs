using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedRestorePropertyTests
{
    public static TheoryData<int> AllBounds => [.. Enumerable.Range(0, FeedOperation.BoundsCount)];

    [Theory]
    [MemberData(nameof(AllBounds))]
    public void Feed_Restored_ShowsAndAppendsWhatTheSavedOneDoes(int bounds)
    {
        FeedOptions options = FeedOperation.OptionsFor(bounds);
        ForAll.Sequences(FeedOperation.Any, 100, 60, operations =>
        {
            var saved = new Feed(options, Some.Epoch);
            long now = 1_000;
            foreach (FeedOperation operation in operations)
            {
                now += operation.Elapsed;
                if (operation.IsPublication)
                {
                    saved.Append(operation.ToPublication(), now);
                }
            }

            long later = now + (operations.Count % 3 * 20);
            var restored = new Feed(options, saved.Save(), later);
            saved.Trim(later);

            AssertSameReads(saved, restored, later);
            Assert.Equal(saved.ReachesBackTo, restored.ReachesBackTo);
            Assert.Equal(saved.ExpiresAt, restored.ExpiresAt);
            for (long from = 0; from <= saved.Head.Offset + 1; from++)
            {
                foreach (Sender reader in FeedOperation.Senders)
                {
                    AssertSame(
                        saved.Recover(Some.At(from), reader.Connection, later),
                        restored.Recover(Some.At(from), reader.Connection, later));
                }
            }

            // And it goes on like the old one, keys included.
            foreach (FeedOperation operation in operations)
            {
                later += operation.Elapsed;
                if (operation.IsPublication)
                {
                    AppendResult expected = saved.Append(operation.ToPublication(), later);
                    AppendResult actual = restored.Append(operation.ToPublication(), later);
                    Assert.Equal(expected.Position, actual.Position);
                    Assert.Equal(expected.Entry is null, actual.Entry is null);
                }

                AssertSameReads(saved, restored, later);
            }
        });
    }

    [Theory]
    [MemberData(nameof(AllBounds))]
    public void Feed_AdvancedFromAStoreThatIsAhead_ShowsWhatThatHoldsAndNeverAHole(int bounds)
    {
        FeedOptions options = FeedOperation.OptionsFor(bounds);
        ForAll.Sequences(FeedOperation.Any, 100, 80, operations =>
        {
            var ahead = new Feed(options, Some.Epoch);
            var behind = new Feed(options, Some.Epoch);
            long now = 1_000;
            foreach (FeedOperation operation in operations)
            {
                now += operation.Elapsed;
                if (operation.IsPublication)
                {
                    ahead.Append(operation.ToPublication(), now);
                }
                else if (operation.Kind == 7)
                {
                    Advance(behind, ahead, operation, now);
                }
            }
        });
    }

    private static void Advance(Feed behind, Feed ahead, FeedOperation operation, long now)
    {
        long seen = behind.Head.Offset;
        behind.Trim(now);
        ahead.Trim(now);
        long reached = behind.ReachesBackTo;
        StoredFeed stored = ahead.Save();
        StoredFeed since = stored with { Entries = [.. stored.Entries.Where(entry => entry.Offset > seen)] };
        behind.Advance(operation.A % 2 == 0 ? stored : since, now);

        Assert.Equal(ahead.Head, behind.Head);
        foreach (Sender sender in FeedOperation.Senders)
        {
            AssertSameKeys(ahead, behind, sender, now);
            for (long from = 0; from <= ahead.Head.Offset; from++)
            {
                Recovery expected = ahead.Recover(Some.At(from), sender.Connection, now);
                Recovery actual = behind.Recover(Some.At(from), sender.Connection, now);
                if (actual.Outcome == RecoveryOutcome.Recovered || from >= Math.Max(reached, ahead.ReachesBackTo))
                {
                    AssertSame(expected, actual);
                }
            }
        }

        // Whatever it has that the other has not is older than all that it could miss.
        long[] held = behind.Since(0).Offsets();
        long[] missing = [.. ahead.Since(0).Offsets().Except(held)];
        Assert.DoesNotContain(missing, offset => offset > seen);
        if (ahead.ReachesBackTo > seen)
        {
            Assert.DoesNotContain(held, offset => offset <= seen);
        }
    }

    private static void AssertSameKeys(Feed expected, Feed actual, Sender sender, long now)
    {
        for (int key = 0; key < 5; key++)
        {
            Publication publication = Some.Reliable(key: $"key-{key}", from: sender);
            Assert.Equal(
                (expected.TryFindKey(publication, now, out Position first), first),
                (actual.TryFindKey(publication, now, out Position second), second));
        }
    }

    private static void AssertSameReads(Feed expected, Feed actual, long now)
    {
        foreach (bool backward in new[] { true, false })
        {
            HistoryResult page = expected.Read(new HistoryQuery(null, backward, 1_000), now);
            HistoryResult other = actual.Read(new HistoryQuery(null, backward, 1_000), now);
            Assert.Equal(page.Head, other.Head);
            Assert.Equal(FeedOperation.Describe(page.Entries), FeedOperation.Describe(other.Entries));
        }

        foreach (Sender sender in FeedOperation.Senders)
        {
            AssertSameKeys(expected, actual, sender, now);
        }
    }

    private static void AssertSame(Recovery expected, Recovery actual)
    {
        Assert.Equal((expected.Head, expected.Outcome), (actual.Head, actual.Outcome));
        Assert.Equal(FeedOperation.Describe(expected.Missed), FeedOperation.Describe(actual.Missed));
    }
}
