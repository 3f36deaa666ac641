using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>An edge that is alive.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.listed-edge")]
public sealed class ListedEdge
{
    /// <summary>The edge.</summary>
    [Id(0)]
    public required EdgeId Edge { get; init; }

    /// <summary>Through which it is called.</summary>
    [Id(1)]
    public required IEdgeSink[] Sinks { get; init; }

    /// <summary>How long ago it was heard of.</summary>
    [Id(2)]
    public required TimeSpan Silence { get; init; }
}
