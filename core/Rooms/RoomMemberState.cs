using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>A member as it is carried from one node to another.</summary>
/// <param name="User">Whose connection it is.</param>
/// <param name="Connection">The connection.</param>
/// <param name="State">Its presence state.</param>
/// <param name="Edge">Where it is attached; null while it is detached.</param>
/// <param name="Attachment">The number of its newest attachment.</param>
/// <param name="Watches">Whether it is told of the others.</param>
/// <param name="JoinNumber">The connection's newest join that it is known from.</param>
public readonly record struct RoomMemberState(
    UserName User,
    ConnectionId Connection,
    ReadOnlyMemory<byte> State,
    EdgeId? Edge,
    long Attachment,
    bool Watches,
    long JoinNumber = 0);
