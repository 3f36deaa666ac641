using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class KeyedRingTests
{
    [Fact]
    public void Ring_AnyOperations_EqualsASortedList()
    {
        ForAll.Sequences(Gen.Choose(0, 999), 150, 150, numbers =>
        {
            var ring = new KeyedRing<string>();
            var model = new SortedList<long, string>();
            long key = 0;
            foreach (int number in numbers)
            {
                switch (number % 10)
                {
                    case < 6:
                        key += 1 + (number / 10 % 3);
                        ring.Add(key, $"value {key}");
                        model.Add(key, $"value {key}");
                        break;
                    case < 8:
                        long victim = key == 0 ? 0 : number % key;
                        string? expected = model.GetValueOrDefault(victim);
                        Assert.Equal(model.Remove(victim), ring.Remove(victim, out string? removed));
                        Assert.Equal(expected, removed);
                        break;
                    case 8 when model.Count > 0:
                        Assert.Equal(model.Values[0], ring.RemoveFirst());
                        model.RemoveAt(0);
                        break;
                    case 9 when number > 900:
                        ring.RemoveWhere(static value => value[^1] % 2 == 0);
                        foreach (long even in model.Keys.Where(even => even % 2 == 0).ToList())
                        {
                            model.Remove(even);
                        }

                        break;
                }

                AssertSame(model, ring);
            }
        });
    }

    [Fact]
    public void Remove_ManyOfMany_SweepsTheHoles()
    {
        var ring = new KeyedRing<string>();
        for (int key = 1; key <= 1000; key++)
        {
            ring.Add(key, "value");
        }

        for (int key = 2; key < 1000; key++)
        {
            ring.Remove(key, out _);
        }

        Assert.Equal(2, ring.Count);
        Assert.InRange(ring.Length, 2, 2 + 17);
        Assert.Equal(1000, ring.KeyAt(ring.Length - 1));
    }

    private static void AssertSame(SortedList<long, string> model, KeyedRing<string> ring)
    {
        Assert.Equal(model.Count, ring.Count);
        if (model.Count > 0)
        {
            Assert.False(ring.IsHole(0));
            Assert.False(ring.IsHole(ring.Length - 1));
        }

        Assert.Equal(model, Values(ring, 0));
        long middle = model.Count == 0 ? 0 : model.Keys[model.Count / 2];
        Assert.Equal(model.Where(pair => pair.Key > middle), Values(ring, ring.PlaceAfter(middle)));
    }

    private static IEnumerable<KeyValuePair<long, string>> Values(KeyedRing<string> ring, int from) =>
        Enumerable.Range(from, ring.Length - from)
            .Where(place => !ring.IsHole(place))
            .Select(place => KeyValuePair.Create(ring.KeyAt(place), ring[place]));
}
