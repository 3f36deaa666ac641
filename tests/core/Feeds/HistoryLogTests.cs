using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class HistoryLogTests
{
    [Fact]
    public void Log_AnyOperations_EqualsASortedList()
    {
        ForAll.Sequences(Gen.Choose(0, 9_999), 150, 150, numbers =>
        {
            var log = new HistoryLog();
            var model = new SortedList<long, FeedEntry>();
            long offset = 0;
            foreach (int number in numbers)
            {
                switch (number % 10)
                {
                    case < 6:
                        offset += 1 + (number / 10 % 3);
                        FeedEntry entry = Entry(offset, number / 10);
                        log.Add(entry);
                        model.Add(offset, entry);
                        break;
                    case < 8:
                        long victim = offset == 0 ? 0 : number % offset;
                        Assert.Equal(model.Remove(victim), log.Remove(victim));
                        break;
                    case 8 when model.Count > 0:
                        log.RemoveFirst();
                        model.RemoveAt(0);
                        break;
                    case 9 when number > 9_900:
                        log.Clear();
                        model.Clear();
                        break;
                }

                AssertSame(model, log);
            }
        });
    }

    [Fact]
    public void Entry_ThatWasRead_StaysAsItWasWhenItsPageIsUsedAgain()
    {
        var log = new HistoryLog();
        log.Add(Entry(1, 123));
        FeedEntry read = log[0]!;

        for (int offset = 2; offset < 100; offset++)
        {
            log.Add(Entry(offset, 7 * offset));
            log.RemoveFirst();
        }

        AssertEqual(Entry(1, 123), read);
    }

    [Fact]
    public void Add_ToAFullHistory_AllocatesNothing()
    {
        var log = new HistoryLog();
        FeedEntry[] entries = [.. Enumerable.Range(1, 40_000).Select(static offset => Entry(offset, senders: 3, bytes: 100))];
        Append(entries.AsSpan(0, 20_000));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Append(entries.AsSpan(20_000));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Append(ReadOnlySpan<FeedEntry> some)
        {
            foreach (FeedEntry entry in some)
            {
                log.Add(entry);
                if (log.Count > 1000)
                {
                    log.RemoveFirst();
                }
            }
        }
    }

    [Fact]
    public void Messages_ThatOutliveThoseAroundThem_DoNotKeepWholePages()
    {
        var log = new HistoryLog();
        for (int offset = 1; offset <= 20_000; offset++)
        {
            log.Add(Entry(offset, senders: 1, bytes: 100));
            if (offset % 500 != 1)
            {
                Assert.True(log.Remove(offset));
            }
        }

        Assert.Equal(40, log.Count);
        Assert.Equal(4_000, log.Bytes);
        Assert.InRange(log.PageBytes, 4_000, (2 * 4_000) + 2_048);
        Assert.Equal(Enumerable.Range(0, 40).Select(static i => (long)(500 * i) + 1), Entries(log, 0).Select(static entry => entry.Offset));
    }

    [Fact]
    public void Messages_WithoutAByte_TakePagesToo()
    {
        var log = new HistoryLog();
        for (int offset = 1; offset <= 10_000; offset++)
        {
            log.Add(Entry(offset, senders: 10_000, bytes: 0));
        }

        Assert.InRange(log.PageBytes, 16 * 10_000, 2 * 16 * 10_000);
    }

    // Numbers give every kind of message there is, and now and then a large one.
    private static FeedEntry Entry(int offset, int senders, int bytes) => new()
    {
        Offset = offset,
        Timestamp = 0,
        Payload = new byte[bytes],
        PayloadKind = PayloadKind.Json,
        Class = DeliveryClass.Reliable,
        Sender = SenderOf(offset % senders),
    };

    private static FeedEntry Entry(long offset, int number)
    {
        byte[] payload = new byte[number % 50 == 0 ? 40_000 : number % 700];
        new Random(number).NextBytes(payload);
        bool isLatest = number % 3 == 0;
        return new FeedEntry
        {
            Offset = offset,
            Timestamp = 1_000 + offset,
            Payload = payload,
            PayloadKind = number % 2 == 0 ? PayloadKind.Json : PayloadKind.Binary,
            Class = isLatest ? DeliveryClass.Latest : DeliveryClass.Reliable,
            Slot = isLatest ? $"slot ü {number % 5}" : null,
            Sender = number % 4 == 0 ? null : SenderOf(number % 40),
            ExceptSender = number % 7 == 0,
        };
    }

    private static Sender SenderOf(int number) => new(new UserName($"user {number}"), new ConnectionId($"connection {number}"));

    private static void AssertSame(SortedList<long, FeedEntry> model, HistoryLog log)
    {
        Assert.Equal(model.Count, log.Count);
        Assert.Equal(model.Values.Sum(entry => entry.Payload.Length), log.Bytes);
        long needed = model.Values.Sum(HistoryPage.SizeOf);
        Assert.InRange(log.PageBytes, needed, (3 * needed) + 4_096);
        if (model.Count > 0)
        {
            Assert.Equal(model.Keys[0], log.OffsetAt(0));
            Assert.Equal(model.Values[0].Slot, log.SlotAt(0));
            Assert.Equal(model.Values[0].Timestamp, log.FirstTimestamp);
            Assert.Equal(model.Values[^1].Timestamp, log.LastTimestamp);
        }

        long middle = model.Count == 0 ? 0 : model.Keys[model.Count / 2];
        FeedEntry[] expected = [.. model.Values.Where(entry => entry.Offset > middle)];
        FeedEntry[] held = [.. Entries(log, log.PlaceAfter(middle))];
        Assert.Equal(expected.Length, held.Length);
        for (int i = 0; i < held.Length; i++)
        {
            AssertEqual(expected[i], held[i]);
        }
    }

    private static void AssertEqual(FeedEntry expected, FeedEntry actual)
    {
        Assert.Equal(expected.Offset, actual.Offset);
        Assert.Equal(expected.Timestamp, actual.Timestamp);
        Assert.True(expected.Payload.Span.SequenceEqual(actual.Payload.Span));
        Assert.Equal(expected.PayloadKind, actual.PayloadKind);
        Assert.Equal(expected.Class, actual.Class);
        Assert.Equal(expected.Slot, actual.Slot);
        Assert.Equal(expected.Sender, actual.Sender);
        Assert.Equal(expected.ExceptSender, actual.ExceptSender);
    }

    private static IEnumerable<FeedEntry> Entries(HistoryLog log, int from) =>
        Enumerable.Range(from, log.Length - from).Select(place => log[place]).OfType<FeedEntry>();
}
