using Switchboard.Core.Connections;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>What became of an edge's claim.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.reattached")]
public sealed class ReattachAnswer
{
    /// <summary>Null where the edge holds the connection; else why its socket is to be closed.</summary>
    [Id(0)]
    public required DisconnectReason? Refused { get; init; }
}
