using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>A connection that begins.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.open")]
public sealed class OpenRequest
{
    /// <summary>Whose it is.</summary>
    [Id(0)]
    public required UserName User { get; init; }

    /// <summary>The hash of its resume token.</summary>
    [Id(1)]
    public required TokenHash Token { get; init; }

    /// <summary>Where its socket is.</summary>
    [Id(2)]
    public required EdgeId Edge { get; init; }
}
