namespace Switchboard.Gateway.Identity.Grants;

/// <summary>What a client may do in a room, or with a user.</summary>
[Flags]
public enum Capability : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Join the room.</summary>
    Join = 1,

    /// <summary>Publish to it.</summary>
    Publish = 2,

    /// <summary>See who is in it.</summary>
    Presence = 4,

    /// <summary>Read its history, and what was missed of it.</summary>
    History = 8,

    /// <summary>Moderate it.</summary>
    Moderate = 16,

    /// <summary>Send to the user.</summary>
    Send = 32,

    /// <summary>Everything that there is in a room.</summary>
    Room = Join | Publish | Presence | History | Moderate,

    /// <summary>Everything.</summary>
    All = Room | Send,
}
