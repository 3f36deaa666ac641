using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>What became of a request on its way to the edge that holds its connection.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.forwarded")]
public sealed class ForwardAnswer
{
    /// <summary>Ok, NoSuchConnection, WrongToken, ForeignToken or Unavailable.</summary>
    [Id(0)]
    public required BackplaneStatus Status { get; init; }

    /// <summary>What the edge did with it, with Ok.</summary>
    [Id(1)]
    public required ReceiveStatus Received { get; init; }

    /// <summary>The number that it expects next.</summary>
    [Id(2)]
    public required long Expected { get; init; }
}
