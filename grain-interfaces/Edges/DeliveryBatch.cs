using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>Deliveries of several feeds of a silo, and answers of its rooms, in one call.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.deliveries")]
public sealed class DeliveryBatch
{
    /// <summary>The deliveries, one at most of each feed.</summary>
    [Id(0)]
    public required Delivery[] Deliveries { get; init; }

    /// <summary>What became of what the edge published through an inbox; null for nothing.</summary>
    [Id(1)]
    public RoomPublished[]? Published { get; init; }
}
