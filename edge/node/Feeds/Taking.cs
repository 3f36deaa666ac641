using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Node.Feeds;

/// <summary>What is taken of a delivery.</summary>
/// <param name="Behind">Not null where nothing is: what the edge has seen.</param>
/// <param name="Lost">A loss that receivers are to be told of first.</param>
/// <param name="Presence">Then what changed in presence.</param>
/// <param name="Entries">Then the entries that were not seen yet.</param>
/// <param name="PassedOver">How many were.</param>
internal readonly record struct Taking(
    Position? Behind,
    Position? Lost,
    IReadOnlyList<PresenceChange> Presence,
    IReadOnlyList<FeedEntry> Entries,
    int PassedOver)
{
    public static readonly Taking Nothing = new(null, null, [], [], 0);
}
