using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>How an edge took a batch of deliveries.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.delivered")]
public sealed class DeliveryAnswer
{
    /// <summary>The answer of an edge that took all of it, or has nobody for it.</summary>
    public static readonly DeliveryAnswer Taken = new();

    /// <summary>
    /// Null where all were taken. Else one for each delivery: null where it was taken, or what the edge has seen of that
    /// feed, from where it wants to be delivered to.
    /// </summary>
    [Id(0)]
    public Position?[]? Behind { get; init; }
}
