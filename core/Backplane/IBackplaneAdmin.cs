using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Core.Backplane;

/// <summary>
/// What a server may do beyond <see cref="IBackplane"/>, on which it publishes and sends with no sender: it sees and
/// moves what is not its own. Nobody is asked whether that is allowed. As there, what can't be done is a value, and
/// <see cref="BackplaneStatus.Unavailable"/> says that the outcome is unknown or that the call may be made again.
/// </summary>
public interface IBackplaneAdmin
{
    /// <summary>
    /// Lists rooms in use: those that have members, or something kept, or were used a moment ago. A durable room that
    /// nobody has used since the last start is not among them.
    /// </summary>
    ValueTask<RoomPage> ListRoomsAsync(RoomQuery query);

    /// <summary>Shows a room, and a page of its members. A durable room is there even if nobody has used it yet.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">Only members whose connections' ids come behind this; null for all.</param>
    /// <param name="limit">How many members at most; 0 for none.</param>
    ValueTask<RoomView> InspectAsync(RoomName room, string? after, int limit);

    /// <summary>Reads a page of a room's history: Ok, NoSuchRoom, PositionUnknown or Unavailable.</summary>
    ValueTask<HistoryResult> ReadAsync(RoomName room, HistoryQuery query);

    /// <summary>Shows a user's connections, and whether it is banned.</summary>
    /// <param name="user">The user.</param>
    /// <param name="after">Only connections whose ids come behind this; null for all.</param>
    /// <param name="limit">How many connections at most; 0 for none.</param>
    ValueTask<UserView> InspectAsync(UserName user, string? after, int limit);

    /// <summary>Shows a connection.</summary>
    ValueTask<ConnectionView> InspectAsync(ConnectionId connection);

    /// <summary>
    /// Makes a connection join a room, and tells its client. In its grace period it hears of the room once it is resumed.
    /// The status is one of <see cref="JoinResult"/>'s.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="room">The room.</param>
    /// <param name="presence">Whether the client is told of the other members.</param>
    /// <param name="state">The member's presence state, a JSON object in UTF-8; empty for none.</param>
    ValueTask<BackplaneStatus> JoinAsync(ConnectionId connection, RoomName room, bool presence, ReadOnlyMemory<byte> state);

    /// <summary>Makes a connection leave a room, and tells its client: Ok, NotJoined, NoSuchConnection or Unavailable.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="room">The room.</param>
    /// <param name="reason">What the client is told.</param>
    ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room, string reason);

    /// <summary>
    /// Ends a connection: it leaves its rooms, its socket is closed, and it can't be resumed. Ok, NoSuchConnection or
    /// Unavailable.
    /// </summary>
    ValueTask<BackplaneStatus> DisconnectAsync(ConnectionId connection);

    /// <summary>Ends all connections of a user.</summary>
    ValueTask<DisconnectResult> DisconnectAsync(UserName user);

    /// <summary>
    /// Bans a user, in place of an earlier ban, and ends its connections: Ok, TooManyBans or Unavailable. How long a ban
    /// outlives the backplane is for that to say.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="length">How long, more than zero and up to <see cref="Ban.Longest"/>.</param>
    /// <param name="reason">What the user is told, up to <see cref="Ban.MaxReasonBytes"/> bytes; may be empty.</param>
    ValueTask<DisconnectResult> BanAsync(UserName user, TimeSpan length, string reason);

    /// <summary>Ends a ban, if there is one: Ok or Unavailable.</summary>
    ValueTask<BackplaneStatus> UnbanAsync(UserName user);

    /// <summary>Lists the users who are banned.</summary>
    /// <param name="after">Only users whose names come behind this, in ordinal order; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    ValueTask<BanPage> ListBansAsync(string? after, int limit);

    /// <summary>Lists the nodes, each with what it says of itself. One that does not answer is listed as silent.</summary>
    ValueTask<NodeList> ListNodesAsync();

    /// <summary>Lists the connections whose socket is at an edge: Ok, NoSuchNode or Unavailable.</summary>
    /// <param name="node">The edge, by <see cref="NodeView.Node"/>.</param>
    /// <param name="after">Only connections whose ids come behind this; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    ValueTask<ConnectionPage> ListConnectionsAsync(string node, string? after, int limit);

    /// <summary>
    /// Begins to empty a node, which can't be called back: an edge lets nobody in any more and sends its clients to
    /// others; a silo hands what it holds to others, and ends. Ok once it has begun, NoSuchNode, LastNode or Unavailable.
    /// Again is no harm.
    /// </summary>
    /// <param name="node">The node, by <see cref="NodeView.Node"/>.</param>
    ValueTask<BackplaneStatus> DrainAsync(string node);
}
