using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Users;

/// <summary>One of a user's connections as it is carried from one node to another.</summary>
/// <param name="Connection">Its id.</param>
/// <param name="Edge">Where it is attached; null while it is detached.</param>
/// <param name="Attachment">The number of its newest attachment.</param>
public readonly record struct UserConnectionState(ConnectionId Connection, EdgeId? Edge, long Attachment);
