using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Connections;

/// <summary>A room that a connection of this edge is a member of.</summary>
/// <param name="Room">The room.</param>
/// <param name="Watches">Whether the connection is told of the other members.</param>
/// <param name="State">Its presence state, a JSON object in UTF-8; empty for none, or where it is not known.</param>
internal readonly record struct HeldRoom(RoomName Room, bool Watches, ReadOnlyMemory<byte> State);
