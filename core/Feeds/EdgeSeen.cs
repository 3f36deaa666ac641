using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Feeds;

/// <summary>How far an edge has seen a feed.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Offset">The offset.</param>
public readonly record struct EdgeSeen(EdgeId Edge, long Offset);
