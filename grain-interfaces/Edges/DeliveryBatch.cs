namespace Switchboard.GrainInterfaces.Edges;

/// <summary>Deliveries of several feeds of a silo, in one call.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.deliveries")]
public sealed class DeliveryBatch
{
    /// <summary>The deliveries, one at most of each feed.</summary>
    [Id(0)]
    public required Delivery[] Deliveries { get; init; }
}
