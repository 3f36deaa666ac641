namespace Switchboard.Core.Rooms;

/// <summary>A room's presence at one moment.</summary>
/// <param name="Mode">Full or Count.</param>
/// <param name="Version">Counts the changes of the room's presence; the next change has the next number.</param>
/// <param name="Count">How many members there are.</param>
/// <param name="Members">Who they are; empty unless the mode is Full.</param>
public sealed record PresenceSnapshot(
    PresenceMode Mode, long Version, int Count, IReadOnlyList<PresenceMember> Members);
