namespace Switchboard.Client.Wire;

/// <summary>The events of the protocol.</summary>
internal enum EventType
{
    /// <summary>One of a later version: ignored.</summary>
    Unknown,
    Message,
    Published,
    Sent,
    Ok,
    Pong,
    Error,
    Left,
    Lost,
    Expiring,
    Welcome,
    Joined,
    History,
    Presence,
    PresenceChange,
}
