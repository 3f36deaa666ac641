using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>
/// What an edge is handed of a feed at once: first a loss, then presence, then entries. Over the wire the entries are one
/// array of bytes.
/// </summary>
[Immutable]
public sealed class Delivery
{
    /// <summary>The feed.</summary>
    public required FeedId Feed { get; init; }

    /// <summary>The feed's life.</summary>
    public required Epoch Epoch { get; init; }

    /// <summary>
    /// The offset that this goes on from. An edge that has seen less of this epoch takes nothing and says so; what it
    /// has seen already, it passes over.
    /// </summary>
    public required long After { get; init; }

    /// <summary>The offset up to which the edge has seen the feed with this; those in no entry were superseded.</summary>
    public required long Through { get; init; }

    /// <summary>Entries up to this position are lost; null for none.</summary>
    public Position? Lost { get; init; }

    /// <summary>What changed in a room's presence, in order.</summary>
    public required PresenceChange[] Presence { get; init; }

    /// <summary>The entries in order.</summary>
    public required FeedEntry[] Entries { get; init; }

    /// <summary>The span that a message in it was published with, as W3C's <c>traceparent</c>; null where none is traced.</summary>
    public string? Trace { get; init; }
}
