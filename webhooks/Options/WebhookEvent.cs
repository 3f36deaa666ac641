namespace Switchboard.Webhooks;

/// <summary>What an endpoint is asked or told.</summary>
public enum WebhookEvent
{
    /// <summary>Asked: a client connects or resumes. The answer may refuse it, name the user, and give the first rooms.</summary>
    Connect,

    /// <summary>Asked: a client publishes to a room. The answer may refuse it, or replace the payload.</summary>
    Publish,

    /// <summary>Told: there is a new connection.</summary>
    Connected,

    /// <summary>Told: a connection has ended; its client said goodbye, or its grace period is over.</summary>
    Disconnected,

    /// <summary>Told: a room has its first member.</summary>
    Occupied,

    /// <summary>Told: a room has no member any more.</summary>
    Vacated,
}
