namespace Switchboard.Gateway.Api;

/// <summary>What the API gives out at once, where that is not configurable.</summary>
internal static class ApiLimits
{
    /// <summary>The most rooms, members, connections or bans of one page.</summary>
    public const int MaxPage = 1000;

    /// <summary>How many there are where no limit is given.</summary>
    public const int Page = 100;
}
