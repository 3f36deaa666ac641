using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>A connection in the list of its edge.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="User">Whose it is.</param>
public readonly record struct NodeConnection(ConnectionId Connection, UserName User);
