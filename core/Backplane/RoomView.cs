using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>A room as a server sees it.</summary>
/// <param name="Status">Ok, NoSuchRoom or Unavailable; the rest has a value only with Ok.</param>
/// <param name="Head">The newest position of its feed.</param>
/// <param name="Mode">What members are told of each other.</param>
/// <param name="Version">Counts the changes of its presence.</param>
/// <param name="Count">How many members there are, those in their grace period included.</param>
/// <param name="Members">A page of them, by the ids of their connections, whatever the mode is.</param>
/// <param name="More">Whether others follow.</param>
public sealed record RoomView(
    BackplaneStatus Status,
    Position Head,
    PresenceMode Mode,
    long Version,
    int Count,
    IReadOnlyList<PresenceMember> Members,
    bool More)
{
    /// <summary>The answer where there is no room to see.</summary>
    public static RoomView Refuse(BackplaneStatus status) => new(status, default, default, 0, 0, [], false);
}
