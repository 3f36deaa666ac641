using Orleans;

namespace Switchboard.Arena;

/// <summary>What outlives a silo: how much each user has collected.</summary>
[GenerateSerializer, Alias("arena.scores")]
public sealed class Scores
{
    /// <summary>The sparks of each user.</summary>
    [Id(0)]
    public Dictionary<string, int> ByUser { get; set; } = [];
}
