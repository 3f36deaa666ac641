using System.Collections.Concurrent;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Metrics;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Grains.Edges;

/// <summary>An edge as one silo knows it.</summary>
/// <param name="edge">Which one it is.</param>
/// <param name="now">The time: an edge that the registry has not listed yet counts as heard of just now.</param>
/// <param name="metrics">What counts deliveries to it.</param>
internal sealed class FollowedEdge(EdgeId edge, DateTimeOffset now, SiloMetrics metrics)
{
    private EdgeLink[] _links = [];

    /// <summary>The grains of this silo that have something attached there, and when the edge last attached it.</summary>
    public ConcurrentDictionary<GrainId, DateTimeOffset> Followers { get; } = new();

    /// <summary>When the edge was last heard of, by this silo's clock.</summary>
    public DateTimeOffset LastSeen { get; private set; } = now;

    /// <summary>Whether nothing is on its way there.</summary>
    public bool IsIdle => Array.TrueForAll(_links, static link => link.IsIdle);

    /// <summary>When a grain last heard of the edge: by the registry, or by what the edge attached to it.</summary>
    public DateTimeOffset LastSeenBy(GrainId grain) =>
        Followers.TryGetValue(grain, out DateTimeOffset attached) && attached > LastSeen ? attached : LastSeen;

    public void Renew(ListedEdge listed, DateTimeOffset asked)
    {
        // The sinks of an edge never change: another run of it is another edge.
        if (_links.Length == 0)
        {
            _links = [.. listed.Sinks.Select(sink => new EdgeLink(sink, metrics))];
        }

        LastSeen = asked - listed.Silence;
    }

    /// <summary>The way that a feed always takes; null where none is known.</summary>
    public EdgeLink? LinkFor(FeedId feed)
    {
        EdgeLink[] links = _links;
        return links.Length == 0 ? null : links[SinkChoice.Of(edge, feed.Owner, links.Length)];
    }
}
