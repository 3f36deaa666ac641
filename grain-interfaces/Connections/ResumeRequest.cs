using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>Another socket that asks for a connection.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.resume")]
public sealed class ResumeRequest
{
    /// <summary>Who the socket has proven to be.</summary>
    [Id(0)]
    public required UserName User { get; init; }

    /// <summary>The resume token.</summary>
    [Id(1)]
    public required string Token { get; init; }

    /// <summary>Where the socket is.</summary>
    [Id(2)]
    public required EdgeId Edge { get; init; }

    /// <summary>What was seen of the user's feed; null to recover nothing.</summary>
    [Id(3)]
    public required Position? UserPosition { get; init; }

    /// <summary>What was seen of the connection's own feed; null to recover nothing.</summary>
    [Id(4)]
    public required Position? OwnPosition { get; init; }

    /// <summary>The client's count of its resumes; 0 for one that does not count.</summary>
    [Id(5)]
    public long Turn { get; init; }
}
