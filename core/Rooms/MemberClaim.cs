using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>A connection that says that it is a member of a room.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Edge">Where it is attached.</param>
/// <param name="Attachment">The number of that attachment.</param>
/// <param name="Watches">Whether it is told of the others.</param>
/// <param name="State">Its presence state, a JSON object in UTF-8; empty for none.</param>
/// <param name="JoinNumber">The number of the connection's newest join; 0 where they are not counted.</param>
public readonly record struct MemberClaim(
    ConnectionId Connection,
    UserName User,
    EdgeId Edge,
    long Attachment,
    bool Watches,
    ReadOnlyMemory<byte> State,
    long JoinNumber = 0);
