using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>What an edge publishes to several rooms at once.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.bundle")]
public sealed class PublishBundle
{
    /// <summary>The edge that waits for the answers.</summary>
    [Id(0)]
    public required EdgeId Edge { get; init; }

    /// <summary>The batches, one at most for each room.</summary>
    [Id(1)]
    public required RoomPublish[] Publishes { get; init; }
}
