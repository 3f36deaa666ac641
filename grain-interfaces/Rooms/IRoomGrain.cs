using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>A room; its key is the room's name. Whether a connection may call for itself is for that to have decided.</summary>
[Alias("switchboard.room")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Makes a connection a member.</summary>
    [Alias("join")]
    ValueTask<JoinResult> JoinAsync(JoinRequest request);

    /// <summary>
    /// Lets a member receive the room where it is attached now, and recovers what it missed. A room that came up anew
    /// without the member takes it in again.
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="position">What it has seen; null to recover nothing.</param>
    [Alias("rejoin")]
    ValueTask<JoinResult> RejoinAsync(Member member, Position? position);

    /// <summary>
    /// Says that a connection is a member, and where: for a room that may have come up anew without it.
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="seen">What its edge has seen of the feed; null where it has seen nothing.</param>
    [Alias("reattach")]
    ValueTask ReattachAsync(Member member, Position? seen);

    /// <summary>A member receives nothing for now.</summary>
    [Alias("detach")]
    ValueTask DetachAsync(ConnectionId connection, long attachment);

    /// <summary>An edge is gone, with all that receives the room there.</summary>
    [Alias("detach-edge")]
    ValueTask DetachEdgeAsync(EdgeId edge);

    /// <summary>Ends a membership: Ok or NotJoined.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="joinNumber">
    /// The newest join of the connection when it left: what began after that stays. 0 for any, as a node says that does not
    /// count them.
    /// </param>
    [Alias("leave")]
    ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, long joinNumber);

    /// <summary>Publishes messages in their order; the answers are in that order too.</summary>
    [Alias("publish")]
    ValueTask<PublishAnswer> PublishAsync(PublishBatch batch);

    /// <summary>Reads a page of the history for a member.</summary>
    [Alias("read")]
    ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query);

    /// <summary>Shows a member who is there.</summary>
    [Alias("presence")]
    ValueTask<PresenceResult> PresenceAsync(ConnectionId reader);

    /// <summary>Replaces a member's presence state: Ok, NotJoined, PresenceOff or StateTooLarge.</summary>
    [Alias("set-state")]
    ValueTask<BackplaneStatus> SetStateAsync(ConnectionId connection, ReadOnlyMemory<byte> state);

    /// <summary>Shows the room, and a page of its members.</summary>
    [Alias("inspect")]
    ValueTask<RoomView> InspectAsync(string? after, int limit);

    /// <summary>Reads a page of the history for a server.</summary>
    [Alias("read-for-server")]
    ValueTask<HistoryResult> ReadForServerAsync(HistoryQuery query);
}
