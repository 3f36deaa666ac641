namespace Switchboard.Protocol.Envelope;

/// <summary>Whether a feed could be recovered from the position that the client gave.</summary>
public enum FeedRecovery : byte
{
    /// <summary>No position was given.</summary>
    NotAsked,

    /// <summary>Everything since the position follows.</summary>
    Recovered,

    /// <summary>The position is of another epoch.</summary>
    EpochChanged,

    /// <summary>The history does not reach back to the position, or holds more than may be recovered at once.</summary>
    Trimmed,

    /// <summary>The position is ahead of the feed.</summary>
    Ahead,
}
