using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Grains;

/// <summary>What the cluster keeps and allows. All silos must have the same.</summary>
public sealed class GrainOptions
{
    /// <summary>The kinds of rooms. Durable ones take a store.</summary>
    public RoomKinds Rooms { get; set; } = new();

    /// <summary>Grace period, limits and own feeds of connections.</summary>
    public ConnectionOptions Connections { get; set; } = new();

    /// <summary>The history of users' feeds.</summary>
    public FeedOptions UserFeed { get; set; } = new();

    /// <summary>
    /// How long an edge that is not heard of is taken to be alive, 1 second to 1 minute. Its connections' grace period
    /// begins when it was last heard of, so a lease that is not shorter than the grace leaves no time to resume.
    /// </summary>
    public TimeSpan EdgeLease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>True where any kind of rooms is durable.</summary>
    public bool NeedsStore => Rooms.Default.Durable || Rooms.Kinds.Exists(kind => kind.Options.Durable);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string problem in Rooms.Validate())
        {
            yield return $"{nameof(Rooms)}.{problem}";
        }

        foreach (string problem in Connections.Validate())
        {
            yield return $"{nameof(Connections)}.{problem}";
        }

        foreach (string problem in UserFeed.Validate())
        {
            yield return $"{nameof(UserFeed)}.{problem}";
        }

        if (EdgeLease < TimeSpan.FromSeconds(1) || EdgeLease > TimeSpan.FromMinutes(1))
        {
            yield return $"{nameof(EdgeLease)} must be 00:00:01 to 00:01:00, but is {EdgeLease}";
        }
    }
}
