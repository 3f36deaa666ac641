namespace Switchboard.GrainInterfaces.Edges;

/// <summary>The edges that are alive.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.edge-list")]
public sealed class EdgeList
{
    /// <summary>
    /// True when the registry has been up for longer than a lease, so that an edge that is missing is really gone.
    /// </summary>
    [Id(0)]
    public required bool IsComplete { get; init; }

    /// <summary>The edges.</summary>
    [Id(1)]
    public required ListedEdge[] Edges { get; init; }
}
