using Switchboard.Core.Rooms.Logic;

namespace Switchboard.GrainInterfaces.Rooms.Logic;

/// <summary>What a room's logic says to a turn.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.room-turned")]
public sealed class RoomTurnAnswer
{
    /// <summary>The answer of a logic that has taken nothing, as it has missed something before: it has to be told who is there.</summary>
    public static readonly RoomTurnAnswer Missed = new() { NeedsMembers = true, Verdicts = [] };

    /// <summary>True where the turn is to be told again, with all members.</summary>
    [Id(0)]
    public required bool NeedsMembers { get; init; }

    /// <summary>One for each input, in order.</summary>
    [Id(1)]
    public required InputVerdict[] Verdicts { get; init; }
}
