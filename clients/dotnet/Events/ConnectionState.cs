namespace Switchboard.Client;

/// <summary>How a client stands.</summary>
public enum ConnectionState
{
    /// <summary>Nothing was asked for yet.</summary>
    Disconnected,

    /// <summary>It is trying to connect for the first time.</summary>
    Connecting,

    /// <summary>It is connected.</summary>
    Connected,

    /// <summary>It was connected, and tries to be again.</summary>
    Reconnecting,

    /// <summary>It is done: closed by the program, or for a reason that trying again does not change.</summary>
    Closed,
}
