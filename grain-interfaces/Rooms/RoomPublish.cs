namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>A batch for one room.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.room-publish")]
public sealed class RoomPublish
{
    /// <summary>By which the edge knows the answer.</summary>
    [Id(0)]
    public required long Ticket { get; init; }

    /// <summary>The room's name.</summary>
    [Id(1)]
    public required string Room { get; init; }

    /// <summary>The messages.</summary>
    [Id(2)]
    public required PublishBatch Batch { get; init; }
}
