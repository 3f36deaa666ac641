namespace Switchboard.Core.Backplane;

/// <summary>Whether a feed could be recovered from the position that was asked for.</summary>
public enum RecoveryOutcome : byte
{
    /// <summary>No position was given; nothing was to be recovered.</summary>
    NotAsked,

    /// <summary>Everything since the position follows.</summary>
    Recovered,

    /// <summary>The feed began anew since: the position is of another epoch.</summary>
    EpochChanged,

    /// <summary>The history no longer reaches back to the position, or holds more than may be recovered at once.</summary>
    Trimmed,

    /// <summary>The position is ahead of the feed.</summary>
    Ahead,
}
