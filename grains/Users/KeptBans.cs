using Switchboard.Core.Users;

namespace Switchboard.Grains.Users;

/// <summary>The list of bans in the storage.</summary>
[GenerateSerializer, Alias("switchboard.kept-bans")]
internal sealed class KeptBans
{
    /// <summary>The bans.</summary>
    [Id(0)]
    public Ban[] Bans { get; set; } = [];
}
