using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class FeedPropertyTests
{
    private static readonly Sender[] Senders =
        [new(Some.Ann, Some.AnnsPhone), new(Some.Ann, Some.AnnsLaptop), new(Some.Bob, Some.BobsPhone)];

    private static readonly Gen<Operation> AnyOperation =
        from kind in Gen.Choose(0, 9)
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        select new Operation(kind, a, b);

    private enum Bounds
    {
        Count,
        Bytes,
        Age,
        Slots,
        All,
        Nothing,
        Default,
    }

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
        ForAll.Sequences(AnyOperation, 100, 60, operations => Run(OptionsFor((Bounds)bounds), operations));
    }

    private static FeedOptions OptionsFor(Bounds bounds)
    {
        var options = new FeedOptions { MaxKeys = 3, IdempotencyWindow = TimeSpan.FromMilliseconds(70) };
        if (bounds is Bounds.Count or Bounds.All)
        {
            options.MaxCount = 6;
        }

        if (bounds is Bounds.Bytes or Bounds.All)
        {
            options.MaxBytes = 20;
        }

        if (bounds is Bounds.Age or Bounds.All)
        {
            options.MaxAge = TimeSpan.FromMilliseconds(50);
        }

        if (bounds is Bounds.Slots or Bounds.All)
        {
            options.MaxSlots = 2;
        }

        if (bounds is Bounds.Nothing)
        {
            options.MaxCount = 0;
        }

        return options;
    }

    private static void Run(FeedOptions options, IReadOnlyList<Operation> operations)
    {
        var feed = new Feed(options, Some.Epoch);
        var model = new FeedModel(options);
        long now = 1_000;
        foreach (Operation operation in operations)
        {
            if (operation.Kind == 0)
            {
                now += operation.A % 40;
            }
            else if (operation.Kind < 7)
            {
                Publication publication = Publish(operation);
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

    private static void AssertHistory(Feed feed, FeedModel model, Operation operation, long now)
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
        Assert.Equal(Describe(all.Take(limit)), Describe(page.Entries));
        Assert.Equal(all.Count() > limit, page.More);
    }

    private static void AssertRecovery(Feed feed, FeedModel model, Operation operation, long now)
    {
        long from = operation.B % (model.Head + 2);
        ConnectionId reader = Senders[operation.A % 3].Connection;
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
                Describe(model.History
                    .Where(entry => entry.Offset > from)
                    .Where(entry => !entry.ExceptSender || entry.Sender!.Connection != reader)),
                Describe(recovery.Missed));
        }
        else
        {
            Assert.Equal(RecoveryOutcome.Trimmed, recovery.Outcome);
            Assert.Empty(recovery.Missed);
            Assert.True(!model.CanRecover(from) || model.MayBeImprecise);
        }
    }

    private static string Describe(IEnumerable<FeedEntry> entries) => string.Join('\n', entries.Select(entry =>
        $"{entry.Offset} {entry.Class} {entry.Slot} {entry.Timestamp} {entry.Payload.Length} {entry.Sender?.Connection}"));

    private static Publication Publish(Operation operation)
    {
        DeliveryClass deliveryClass = (operation.Kind % 4) switch
        {
            0 => DeliveryClass.Reliable,
            3 when operation.A % 3 == 0 => DeliveryClass.Volatile,
            _ => DeliveryClass.Latest,
        };
        return new Publication(
            new byte[operation.A % 9],
            PayloadKind.Binary,
            deliveryClass,
            deliveryClass == DeliveryClass.Latest ? $"slot-{operation.B % 4}" : null,
            deliveryClass != DeliveryClass.Volatile && operation.A % 2 == 0 ? $"key-{operation.B % 5}" : null,
            Senders[operation.B % 3],
            operation.B % 7 == 0);
    }

    private sealed record Operation(int Kind, int A, int B);
}
