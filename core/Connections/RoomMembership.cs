using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Connections;

/// <summary>A room that a connection is a member of.</summary>
/// <param name="Room">The room.</param>
/// <param name="Watches">Whether it is told of the others there.</param>
public readonly record struct RoomMembership(RoomName Room, bool Watches);
