namespace Switchboard.Faults.Protocol;

/// <summary>The events that a run looks at.</summary>
internal enum EventType
{
    Other,
    Message,
    Published,
    Welcome,
    Joined,
    Left,
    Lost,
    Presence,
    PresenceChange,
    Error,
}
