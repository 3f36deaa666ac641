using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Rooms.Logic;

/// <summary>What a room tells its logic at once. Told again, it is the same: what was decided is not decided twice.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.room-turn")]
public sealed class RoomTurn
{
    /// <summary>Names the activation of the room that tells it.</summary>
    [Id(0)]
    public required Epoch Life { get; init; }

    /// <summary>The number of the first notice; without a notice, that of the next one.</summary>
    [Id(1)]
    public required long First { get; init; }

    /// <summary>The notices in order.</summary>
    [Id(2)]
    public required RoomNotice[] Notices { get; init; }

    /// <summary>
    /// All members, for a logic that has missed something; null where it has asked for none. Who has joined with one of the notices, or
    /// later, may be among them.
    /// </summary>
    [Id(3)]
    public PresenceMember[]? Members { get; init; }
}
