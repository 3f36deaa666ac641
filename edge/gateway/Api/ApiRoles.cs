namespace Switchboard.Gateway;

/// <summary>What a caller of the HTTP API may do.</summary>
[Flags]
public enum ApiRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Publish to rooms, send to users and connections.</summary>
    Publish = 1,

    /// <summary>See rooms, their members and history, users and connections.</summary>
    Read = 2,

    /// <summary>Join, leave, disconnect, ban, issue tokens.</summary>
    Admin = 4,
}
