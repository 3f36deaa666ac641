using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>A connection in a list.</summary>
/// <param name="Connection">Its id.</param>
/// <param name="IsAttached">Whether a socket holds it; else it is in its grace period.</param>
public readonly record struct ConnectionSummary(ConnectionId Connection, bool IsAttached);
