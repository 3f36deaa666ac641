namespace Switchboard.GrainInterfaces.Edges;

/// <summary>What became of an edge's registration.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.registered")]
public sealed class RegisterAnswer
{
    /// <summary>Whether the edge is known.</summary>
    [Id(0)]
    public required RegisterStatus Status { get; init; }

    /// <summary>The contract that the cluster speaks.</summary>
    [Id(1)]
    public required int ContractVersion { get; init; }

    /// <summary>How long the lease lasts without being renewed.</summary>
    [Id(2)]
    public required TimeSpan Lease { get; init; }
}
