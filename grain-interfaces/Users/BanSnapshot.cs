using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Users;

/// <summary>The list of bans in one version.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.ban-snapshot")]
public sealed class BanSnapshot
{
    /// <summary>Which version it is; never 0. A list that came up anew has another one than before.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The bans; null where the caller knows this version.</summary>
    [Id(1)]
    public Ban[]? Bans { get; init; }
}
