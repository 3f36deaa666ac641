namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>What became of a <see cref="RoomPublish"/>.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.room-published")]
public sealed class RoomPublished
{
    /// <summary>The ticket that the edge gave.</summary>
    [Id(0)]
    public required long Ticket { get; init; }

    /// <summary>The room's answer; null where it could not be reached, or did not answer in time.</summary>
    [Id(1)]
    public required PublishAnswer? Answer { get; init; }
}
