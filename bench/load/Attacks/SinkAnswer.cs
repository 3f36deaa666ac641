namespace Switchboard.Load.Attacks;

/// <summary>What the sink does with an attacker, so that the same attack costs it the same as on a server.</summary>
internal enum SinkAnswer
{
    /// <summary>Refuses what it is sent with 429.</summary>
    Refuse,

    /// <summary>Upgrades, and swallows what comes then.</summary>
    Swallow,

    /// <summary>Upgrades, and closes with 1009 once it was sent something.</summary>
    Close,
}
