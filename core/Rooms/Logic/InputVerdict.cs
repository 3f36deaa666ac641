namespace Switchboard.Core.Rooms.Logic;

/// <summary>What a room's logic decides about a message of a member.</summary>
public enum InputVerdict : byte
{
    /// <summary>It is published to the room as it is.</summary>
    Accept,

    /// <summary>It is the logic's alone: its sender is told that it is published, and no member receives it.</summary>
    Consume,

    /// <summary>Its sender is told that it is refused.</summary>
    Refuse,
}
