namespace Switchboard.Core.Rooms;

/// <summary>What a room tells of its members.</summary>
public enum PresenceMode : byte
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>How many there are.</summary>
    Count,

    /// <summary>Who they are, with a small state each.</summary>
    Full,
}
