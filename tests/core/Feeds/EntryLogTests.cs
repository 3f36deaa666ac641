using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class EntryLogTests
{
    [Fact]
    public void Log_AnyOperations_EqualsASortedList()
    {
        ForAll.Sequences(Gen.Choose(0, 999), 150, 150, numbers =>
        {
            var log = new EntryLog();
            var model = new SortedList<long, FeedEntry>();
            long key = 0;
            foreach (int number in numbers)
            {
                switch (number % 10)
                {
                    case < 6:
                        key += 1 + (number / 10 % 3);
                        FeedEntry entry = Some.Entry(key, bytes: number / 100);
                        log.Add(key, entry);
                        model.Add(key, entry);
                        break;
                    case < 8:
                        long victim = key == 0 ? 0 : number % key;
                        Assert.Equal(model.Remove(victim), log.Remove(victim));
                        break;
                    case 8 when model.Count > 0:
                        log.RemoveFirst();
                        model.RemoveAt(0);
                        break;
                    case 9 when number > 900:
                        log.RemoveWhere(candidate => candidate.Offset % 2 == 0);
                        foreach (long even in model.Keys.Where(even => even % 2 == 0).ToList())
                        {
                            model.Remove(even);
                        }

                        break;
                }

                AssertSame(model, log);
            }
        });
    }

    [Fact]
    public void Remove_ManyOfMany_SweepsTheHoles()
    {
        var log = new EntryLog();
        for (int key = 1; key <= 1000; key++)
        {
            log.Add(key, Some.Entry(key));
        }

        for (int key = 2; key < 1000; key++)
        {
            log.Remove(key);
        }

        Assert.Equal(2, log.Count);
        Assert.InRange(log.Length, 2, 2 + 17);
        Assert.Equal(1000, log.Last.Offset);
    }

    private static void AssertSame(SortedList<long, FeedEntry> model, EntryLog log)
    {
        Assert.Equal(model.Count, log.Count);
        Assert.Equal(model.Values.Sum(entry => entry.Payload.Length), log.Bytes);
        Assert.Equal(model.Count > 0, log.TryPeek(out FeedEntry? first));
        Assert.Equal(model.Values.FirstOrDefault(), first);
        if (model.Count > 0)
        {
            Assert.Same(model.Values[^1], log.Last);
            Assert.NotNull(log[log.Length - 1]);
        }

        Assert.True(model.Values.SequenceEqual(Entries(log, 0)));
        long middle = model.Count == 0 ? 0 : model.Keys[model.Count / 2];
        Assert.True(model.Values.Where(entry => entry.Offset > middle).SequenceEqual(Entries(log, log.PlaceAfter(middle))));
    }

    private static IEnumerable<FeedEntry> Entries(EntryLog log, int from) =>
        Enumerable.Range(from, log.Length - from).Select(place => log[place]).OfType<FeedEntry>();
}
