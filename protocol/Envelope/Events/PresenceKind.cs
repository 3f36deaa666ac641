namespace Switchboard.Protocol.Envelope.Events;

/// <summary>What a room tells of its members.</summary>
public enum PresenceKind : byte
{
    /// <summary>How many there are.</summary>
    Count,

    /// <summary>Who they are.</summary>
    Full,
}
