namespace Switchboard.Gateway.Sessions;

/// <summary>Where a session stands.</summary>
internal enum SessionState : byte
{
    /// <summary>The socket is open; no connect has succeeded yet.</summary>
    Waiting,

    /// <summary>It is a connection's newest attachment.</summary>
    Connected,

    /// <summary>The backplane took the connection away; the socket is being closed.</summary>
    Disconnected,
}
