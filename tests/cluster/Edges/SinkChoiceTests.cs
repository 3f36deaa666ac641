using Switchboard.Core.Identifiers;
using Switchboard.Grains.Edges;

namespace Switchboard.Cluster.Tests.Edges;

public sealed class SinkChoiceTests
{
    private const int Sinks = 8;
    private static readonly EdgeId Edge = new("edge-1~00c0ffee00c0ffee");

    [Fact]
    public void Choice_OfAFeed_IsAlwaysTheSame() =>
        Assert.Equal([5, 7, 3], new[] { "lobby", "ann", "" }.Select(owner => SinkChoice.Of(Edge, owner, Sinks)));

    [Fact]
    public void Names_ThatCrowdOneSinkOfAnEdge_AreSpreadOnAnother()
    {
        string[] crowd = [.. Names().Where(name => SinkChoice.Of(Edge, name, Sinks) == 0).Take(1000)];

        int[] there = Count(crowd, new EdgeId("edge-1~00c0ffee00c0fff0"));

        Assert.All(there, count => Assert.InRange(count, 60, 200));
    }

    [Fact]
    public void Names_AlikeInTheirLowBits_AreSpread()
    {
        // 'A' and 'I' differ in bit 3 alone: without the mixing at the end all of these are the same to eight sinks.
        string[] alike = [.. Enumerable.Range(0, 1000).Select(i => string.Concat(Enumerable.Range(0, 10).Select(bit => (i >> bit & 1) == 0 ? 'A' : 'I')))];

        Assert.All(Count(alike, Edge), count => Assert.InRange(count, 60, 200));
    }

    private static IEnumerable<string> Names() => Enumerable.Range(0, int.MaxValue).Select(i => $"room-{i}");

    private static int[] Count(IEnumerable<string> names, EdgeId edge)
    {
        int[] counts = new int[Sinks];
        foreach (string name in names)
        {
            counts[SinkChoice.Of(edge, name, Sinks)]++;
        }

        return counts;
    }
}
