using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>An edge that makes itself known.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.edge")]
public sealed class EdgeRegistration
{
    /// <summary>Names this run of the edge.</summary>
    [Id(0)]
    public required EdgeId Edge { get; init; }

    /// <summary>The name that the edge is configured to have; no two that run may have the same.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The contract that the edge speaks: <see cref="Contract.Version"/>.</summary>
    [Id(2)]
    public required int ContractVersion { get; init; }

    /// <summary>Through which it is called.</summary>
    [Id(3)]
    public required IEdgeSink[] Sinks { get; init; }
}
