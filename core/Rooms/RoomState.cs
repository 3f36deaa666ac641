using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Rooms;

/// <summary>A room as it is carried from one node to another.</summary>
/// <param name="Feed">Its feed.</param>
/// <param name="Members">Its members.</param>
/// <param name="PresenceVersion">The version of its presence.</param>
/// <param name="EmptySince">When its last member left, in milliseconds since the Unix epoch.</param>
/// <param name="Seen">How far each edge has seen the feed.</param>
public sealed record RoomState(
    StoredFeed Feed,
    IReadOnlyList<RoomMemberState> Members,
    long PresenceVersion,
    long EmptySince,
    IReadOnlyList<EdgeSeen> Seen);
