using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>What <see cref="InProcessBackplane"/> keeps and allows.</summary>
public sealed class InProcessOptions
{
    /// <summary>The kinds of rooms. Durable ones take a store.</summary>
    public RoomKinds Rooms { get; set; } = new();

    /// <summary>Grace period, limits and own feeds of connections.</summary>
    public ConnectionOptions Connections { get; set; } = new();

    /// <summary>The history of users' feeds.</summary>
    public FeedOptions UserFeed { get; set; } = new();

    /// <summary>True where any kind of rooms is durable.</summary>
    public bool NeedsStore => Rooms.Default.Durable || Rooms.Kinds.Exists(static kind => kind.Options.Durable);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    /// <param name="hasStore">Whether there is a store for durable rooms.</param>
    public IEnumerable<string> Validate(bool hasStore)
    {
        foreach (string problem in Rooms.Validate())
        {
            yield return $"{nameof(Rooms)}.{problem}";
        }

        if (Rooms.Default.Durable && !hasStore)
        {
            yield return $"{nameof(Rooms)}.{nameof(Rooms.Default)} is durable, but this backplane has no store";
        }

        foreach (RoomKind kind in Rooms.Kinds.Where(kind => kind.Options.Durable && !hasStore))
        {
            yield return $"{nameof(Rooms)}.{nameof(Rooms.Kinds)} '{kind.Pattern}' is durable, "
                + "but this backplane has no store";
        }

        if (Rooms.Default.Logic is { } logic)
        {
            yield return $"{nameof(Rooms)}.{nameof(Rooms.Default)} has the logic '{logic}', which takes a cluster";
        }

        foreach (RoomKind kind in Rooms.Kinds.Where(static kind => kind.Options.Logic is not null))
        {
            yield return $"{nameof(Rooms)}.{nameof(Rooms.Kinds)} '{kind.Pattern}' has the logic '{kind.Options.Logic}', "
                + "which takes a cluster";
        }

        foreach (string problem in Connections.Validate())
        {
            yield return $"{nameof(Connections)}.{problem}";
        }

        foreach (string problem in UserFeed.Validate())
        {
            yield return $"{nameof(UserFeed)}.{problem}";
        }
    }
}
