using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Feeds;

/// <summary>How far an edge has seen a feed.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Offset">The offset; -1 where it has yet to be told that it lost continuity.</param>
public readonly record struct EdgeSeen(EdgeId Edge, long Offset);
