namespace Switchboard.Core.Connections;

/// <summary>Why the backplane ends a connection's attachment to its edge.</summary>
public enum DisconnectReason : byte
{
    /// <summary>The connection was resumed over another socket.</summary>
    Replaced,

    /// <summary>The connection no longer exists: it was removed, or lost with the node that held it.</summary>
    Ended,

    /// <summary>A server ended the connection.</summary>
    Kicked,

    /// <summary>The user was banned.</summary>
    Banned,
}
