using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedPropertyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Feed_AnyOperations_AnswersLikeTheModel(int bounds)
    {
        ForAll.Sequences(FeedOperation.Any, 100, 60, operations => Run(FeedOperation.OptionsFor(bounds), operations));
    }

    private static void Run(FeedOptions options, IReadOnlyList<FeedOperation> operations)
    {
        var feed = new Feed(options, Some.Epoch);
        var model = new FeedModel(options);
        long now = 1_000;
        foreach (FeedOperation operation in operations)
        {
            now += operation.Elapsed;
            if (operation.IsPublication)
            {
                Publication publication = operation.ToPublication();
                (long offset, bool duplicate) = model.Append(publication, now);
                AppendResult result = feed.Append(publication, now);
                Assert.Equal(Some.At(offset), result.Position);
                Assert.Equal(duplicate, result.Entry is null);
                Assert.Equal(publication.Class == DeliveryClass.Volatile ? 0 : offset, result.Entry?.Offset ?? offset);
            }

            model.Expire(now);
            AssertHistory(feed, model, operation, now);
            AssertRecovery(feed, model, operation, now);
        }
    }

    private static void AssertHistory(Feed feed, FeedModel model, FeedOperation operation, long now)
    {
        int limit = 1 + (operation.B % 5);
        long from = model.Head == 0 ? 0 : operation.A % (model.Head + 1);

        HistoryResult newest = feed.Read(new HistoryQuery(null, true, limit), now);
        AssertPage(model.Head, model.History.Reverse(), limit, newest);
        HistoryResult oldest = feed.Read(new HistoryQuery(null, false, limit), now);
        AssertPage(model.Head, model.History, limit, oldest);
        HistoryResult before = feed.Read(new HistoryQuery(Some.At(from), true, limit), now);
        AssertPage(model.Head, model.History.Where(entry => entry.Offset < from).Reverse(), limit, before);
        HistoryResult after = feed.Read(new HistoryQuery(Some.At(from), false, limit), now);
        if (after.Status == BackplaneStatus.Ok)
        {
            Assert.True(model.CanRecover(from));
            AssertPage(model.Head, model.History.Where(entry => entry.Offset > from), limit, after);
        }
        else
        {
            Assert.Equal(BackplaneStatus.PositionUnknown, after.Status);
            Assert.True(!model.CanRecover(from) || model.MayBeImprecise);
        }
    }

    private static void AssertPage(long head, IEnumerable<FeedEntry> all, int limit, HistoryResult page)
    {
        Assert.Equal(BackplaneStatus.Ok, page.Status);
        Assert.Equal(Some.At(head), page.Head);
        Assert.Equal(FeedOperation.Describe(all.Take(limit)), FeedOperation.Describe(page.Entries));
        Assert.Equal(all.Count() > limit, page.More);
    }

    private static void AssertRecovery(Feed feed, FeedModel model, FeedOperation operation, long now)
    {
        long from = operation.B % (model.Head + 2);
        ConnectionId reader = FeedOperation.Senders[operation.A % 3].Connection;
        Recovery recovery = feed.Recover(Some.At(from), reader, now);
        Assert.Equal(Some.At(model.Head), recovery.Head);
        if (from > model.Head)
        {
            Assert.Equal(RecoveryOutcome.Ahead, recovery.Outcome);
        }
        else if (recovery.Outcome == RecoveryOutcome.Recovered)
        {
            Assert.True(model.CanRecover(from));
            Assert.Equal(
                FeedOperation.Describe(model.History
                    .Where(entry => entry.Offset > from)
                    .Where(entry => !entry.ExceptSender || entry.Sender!.Connection != reader)),
                FeedOperation.Describe(recovery.Missed));
        }
        else
        {
            Assert.Equal(RecoveryOutcome.Trimmed, recovery.Outcome);
            Assert.Empty(recovery.Missed);
            Assert.True(!model.CanRecover(from) || model.MayBeImprecise);
        }
    }
}
