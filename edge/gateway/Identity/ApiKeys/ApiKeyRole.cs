namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>What the holder of an API key may do.</summary>
public enum ApiKeyRole
{
    /// <summary>Publish to rooms; send to users and connections.</summary>
    Publish,

    /// <summary>Read history, presence, members and lists.</summary>
    Read,

    /// <summary>Join and leave on behalf of a connection, disconnect, ban.</summary>
    Moderate,

    /// <summary>Issue tokens for clients.</summary>
    Issue,

    /// <summary>Everything.</summary>
    Admin,
}
