using System.Collections.Concurrent;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Grains.Edges;

/// <summary>An edge as one silo knows it.</summary>
/// <param name="now">The time: an edge that the registry has not listed yet counts as heard of just now.</param>
internal sealed class FollowedEdge(DateTimeOffset now)
{
    private IEdgeSink[] _sinks = [];

    /// <summary>The grains of this silo that have something attached there.</summary>
    public ConcurrentDictionary<GrainId, bool> Followers { get; } = new();

    /// <summary>When the edge was last heard of, by this silo's clock.</summary>
    public DateTimeOffset LastSeen { get; private set; } = now;

    public void Renew(ListedEdge listed, DateTimeOffset asked)
    {
        _sinks = listed.Sinks;
        LastSeen = asked - listed.Silence;
    }

    /// <summary>The sink that a feed is always handed to; null where none is known.</summary>
    public IEdgeSink? SinkFor(FeedId feed)
    {
        IEdgeSink[] sinks = _sinks;
        return sinks.Length == 0 ? null : sinks[(int)(StableHash(feed.Owner) % (uint)sinks.Length)];
    }

    // The same on every silo: a feed that moves must not change its sink.
    private static uint StableHash(string owner)
    {
        uint hash = 2166136261;
        foreach (char c in owner)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }
}
