using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>What an edge says to a request that it was handed.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.received")]
public sealed class ReceiveAnswer
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public required ReceiveStatus Status { get; init; }

    /// <summary>The number that it expects next.</summary>
    [Id(1)]
    public required long Expected { get; init; }
}
