using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>A connection that is to become a member of a room.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Edge">Where it is attached; null while it is detached.</param>
/// <param name="Attachment">The number of its attachment.</param>
/// <param name="Options">What the client asked for.</param>
/// <param name="JoinNumber">The number of this join of the connection; 0 where they are not counted.</param>
public readonly record struct RoomJoin(
    ConnectionId Connection, UserName User, EdgeId? Edge, long Attachment, JoinOptions Options, long JoinNumber = 0);
