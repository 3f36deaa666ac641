using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>
/// The port through which an edge reaches rooms, users and connections. Every answer that a client can cause is a
/// value; an exception means that the backplane itself failed. <see cref="BackplaneStatus.Unavailable"/> says that
/// the outcome is unknown or that the call may be made again.
/// </summary>
public interface IBackplane
{
    /// <summary>Names the edge that is called back. Once, before anything else.</summary>
    void Attach(IEdge edge);

    /// <summary>Opens a new connection for a user.</summary>
    ValueTask<OpenResult> OpenAsync(UserName user);

    /// <summary>
    /// Takes over a connection with its resume token; a socket that still holds it is disconnected with
    /// <see cref="DisconnectReason.Replaced"/>. Rooms stay joined: each is recovered from its position by
    /// <see cref="RejoinAsync"/>.
    /// </summary>
    /// <param name="user">The identity that the new socket has proven; it must be the connection's.</param>
    /// <param name="token">The resume token that the connection was opened with.</param>
    /// <param name="userPosition">What was last seen of the user's feed; null for nothing to recover.</param>
    /// <param name="connectionPosition">The same for the connection's own feed.</param>
    /// <param name="turn">
    /// The client's own count of its resumes, from 1: one that arrives behind one with a higher number is Overtaken, and
    /// changes nothing. 0 for a client that does not count, which takes the connection in any case.
    /// </param>
    ValueTask<ResumeResult> ResumeAsync(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long turn = 0);

    /// <summary>
    /// Whose a connection is, for a client that nothing but its resume token proves to be somebody: it has named itself
    /// when the connection was opened.
    /// </summary>
    /// <param name="token">The connection's resume token.</param>
    ValueTask<OwnerResult> FindOwnerAsync(string token);

    /// <summary>
    /// Says that the socket is gone: the grace period begins. An attachment that is no longer the connection's
    /// newest is ignored.
    /// </summary>
    ValueTask DetachAsync(ConnectionId connection, long attachment);

    /// <summary>Ends the connection for good: it leaves its rooms at once. Older attachments are ignored.</summary>
    ValueTask CloseAsync(ConnectionId connection, long attachment);

    /// <summary>
    /// Hands a request of a client to whichever edge holds its connection: what the client sends need not come in where
    /// its events go out.
    /// </summary>
    /// <param name="user">The identity that the request has proven; it must be the connection's.</param>
    /// <param name="token">The connection's resume token.</param>
    /// <param name="request">The request, for that edge to read.</param>
    ValueTask<ForwardResult> ForwardAsync(UserName user, string token, ReadOnlyMemory<byte> request);

    /// <summary>Joins a room. Deliveries to the edge may begin before this returns.</summary>
    ValueTask<JoinResult> JoinAsync(ConnectionId connection, RoomName room, JoinOptions options);

    /// <summary>After a resume: receives a room again that the connection is still a member of.</summary>
    /// <param name="connection">The resumed connection.</param>
    /// <param name="room">One of <see cref="ResumeResult.Rooms"/>.</param>
    /// <param name="position">What was last seen; null to recover nothing and go on from now.</param>
    ValueTask<JoinResult> RejoinAsync(ConnectionId connection, RoomName room, Position? position);

    /// <summary>Leaves a room.</summary>
    ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room);

    /// <summary>Publishes to a room that the sender is a member of.</summary>
    ValueTask<PublishResult> PublishAsync(RoomName room, in Publication publication);

    /// <summary>Sends to all connections of a user.</summary>
    ValueTask<PublishResult> SendAsync(UserName user, in Publication publication);

    /// <summary>Sends to one connection.</summary>
    ValueTask<PublishResult> SendAsync(ConnectionId connection, in Publication publication);

    /// <summary>Reads a page of a feed's history.</summary>
    /// <param name="reader">Who reads: a member of the room, or the owner of the feed.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="query">From where, in which direction, how many.</param>
    ValueTask<HistoryResult> ReadAsync(ConnectionId reader, FeedId feed, HistoryQuery query);

    /// <summary>Who is in a room that the reader is a member of.</summary>
    ValueTask<PresenceResult> PresenceAsync(ConnectionId reader, RoomName room);

    /// <summary>Replaces a member's presence state.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="room">The room.</param>
    /// <param name="state">A JSON object in UTF-8; empty for none.</param>
    ValueTask<BackplaneStatus> SetStateAsync(ConnectionId connection, RoomName room, ReadOnlyMemory<byte> state);
}
