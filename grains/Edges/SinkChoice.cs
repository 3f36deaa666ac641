using Switchboard.Core.Identifiers;

namespace Switchboard.Grains.Edges;

/// <summary>Which of an edge's sinks a feed is delivered through.</summary>
internal static class SinkChoice
{
    /// <summary>
    /// The same on every silo: a feed that moves must not change its sink. The edge's id, which is random and told to no
    /// client, is the seed: who chooses names can't crowd them onto one sink.
    /// </summary>
    /// <param name="edge">The edge.</param>
    /// <param name="owner">Whose feed it is.</param>
    /// <param name="count">How many sinks there are, from 1.</param>
    public static int Of(EdgeId edge, string owner, int count)
    {
        // Mixed at the end (MurmurHash3's finalizer): the low bits of FNV-1a come of the low bits of the text alone.
        uint hash = Fold(Fold(2166136261, edge.Value), owner);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)((hash ^ (hash >> 16)) % (uint)count);
    }

    private static uint Fold(uint hash, string text)
    {
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }
}
