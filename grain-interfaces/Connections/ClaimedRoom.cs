using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>A room that a connection is a member of, as its edge knows it.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.claimed-room")]
public sealed class ClaimedRoom
{
    /// <summary>The room.</summary>
    [Id(0)]
    public required RoomName Room { get; init; }

    /// <summary>Whether the connection is told of the other members.</summary>
    [Id(1)]
    public required bool Watches { get; init; }

    /// <summary>Its presence state, a JSON object in UTF-8; empty for none.</summary>
    [Id(2)]
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>What the edge has seen of the room's feed.</summary>
    [Id(3)]
    public required Position Seen { get; init; }
}
