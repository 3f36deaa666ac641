using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>One member as presence shows it.</summary>
/// <param name="User">Whose connection it is.</param>
/// <param name="Connection">The connection.</param>
/// <param name="State">Its state, a JSON object in UTF-8; empty for none.</param>
public sealed record PresenceMember(UserName User, ConnectionId Connection, ReadOnlyMemory<byte> State);
