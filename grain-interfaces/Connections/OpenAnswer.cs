using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>A connection that has begun.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.opened")]
public sealed class OpenAnswer
{
    /// <summary>Ok, Banned or Unavailable.</summary>
    [Id(0)]
    public required BackplaneStatus Status { get; init; }

    /// <summary>Where live delivery of the user's feed begins.</summary>
    [Id(1)]
    public required Position User { get; init; }

    /// <summary>Where live delivery of the connection's own feed begins.</summary>
    [Id(2)]
    public required Position Own { get; init; }

    /// <summary>With Banned: until when, and why.</summary>
    [Id(3)]
    public Ban? Ban { get; init; }
}
