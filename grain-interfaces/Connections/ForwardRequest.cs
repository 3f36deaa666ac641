using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>A request of a client for whichever edge holds its connection.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.forward")]
public sealed class ForwardRequest
{
    /// <summary>Who the client has proven to be.</summary>
    [Id(0)]
    public required UserName User { get; init; }

    /// <summary>The resume token.</summary>
    [Id(1)]
    public required string Token { get; init; }

    /// <summary>The request, for the edge to read.</summary>
    [Id(2)]
    public required byte[] Request { get; init; }
}
