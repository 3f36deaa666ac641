using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>How a room is joined.</summary>
/// <param name="Position">What was last seen of the room's feed; null to begin from now.</param>
/// <param name="Presence">True to be told of the other members: a snapshot, then what changes.</param>
/// <param name="State">The member's presence state, a JSON object in UTF-8; empty for none.</param>
public readonly record struct JoinOptions(Position? Position, bool Presence, ReadOnlyMemory<byte> State);
