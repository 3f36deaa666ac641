using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>How an edge took a delivery.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.delivered")]
public sealed class DeliveryAnswer
{
    /// <summary>The answer of an edge that took it, or has nobody for it.</summary>
    public static readonly DeliveryAnswer Taken = new();

    /// <summary>Null where it was taken; else what the edge has seen, from where it wants to be delivered to.</summary>
    [Id(0)]
    public Position? Behind { get; init; }
}
