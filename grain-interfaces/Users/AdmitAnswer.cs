using Switchboard.Core.Feeds;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Users;

/// <summary>Whether a user may have a new connection.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.admitted")]
public sealed class AdmitAnswer
{
    /// <summary>Everything after this position is delivered to the connection's edge.</summary>
    [Id(0)]
    public required Position Head { get; init; }

    /// <summary>Not null where the user may not connect.</summary>
    [Id(1)]
    public Ban? Ban { get; init; }
}
