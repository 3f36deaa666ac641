using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Connections;

/// <summary>A room that a connection is in, or is on its way into or out of.</summary>
internal readonly record struct JoinedRoom(RoomName Room, JoinedRoomState State, bool Watches);
