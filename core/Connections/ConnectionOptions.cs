using Switchboard.Core.Feeds;

namespace Switchboard.Core.Connections;

/// <summary>What a connection may do, and how long it outlives its socket.</summary>
public sealed class ConnectionOptions
{
    /// <summary>How long a connection can be resumed after its socket is gone, up to 1 hour; zero for not at all.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most rooms that a connection may be in, 1 to 10,000.</summary>
    public int MaxRooms { get; set; } = 100;

    /// <summary>The history of a connection's own feed.</summary>
    public FeedOptions Feed { get; set; } = new();

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(Grace)} must be 00:00:00 to 01:00:00, but is {Grace}";
        }

        if (MaxRooms is < 1 or > 10_000)
        {
            yield return $"{nameof(MaxRooms)} must be 1 to 10000, but is {MaxRooms}";
        }

        foreach (string problem in Feed.Validate())
        {
            yield return $"{nameof(Feed)}.{problem}";
        }
    }
}
