using Switchboard.Core.Connections;
using Switchboard.Core.Storage;
using Switchboard.GrainInterfaces.Connections;

namespace Switchboard.Grains.Connections;

/// <summary>A connection that was lost with its silo, as the edge that holds it knows it.</summary>
internal static class ClaimedState
{
    /// <summary>All that is needed to go on.</summary>
    /// <param name="claim">What the edge says.</param>
    /// <param name="feed">The connection's own feed, which nobody knows any more: a new one.</param>
    public static ConnectionState Of(ConnectionClaim claim, StoredFeed feed) => new(
        claim.User,
        claim.Token,
        claim.Edge,
        claim.Attachment,
        DetachedAt: 0,
        RoomsOf(claim),
        feed,
        Seen: null,
        claim.Turn);

    /// <summary>The rooms that the edge takes it to be a member of.</summary>
    public static RoomMembership[] RoomsOf(ConnectionClaim claim) =>
        [.. claim.Rooms.Select(room => new RoomMembership(room.Room, room.Watches)), .. claim.Unseen];
}
