using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>
/// The port through which an edge is called. Calls for one feed come one at a time and in order; calls for
/// different feeds may be concurrent. None of them may block. An edge is called for a feed while one of its
/// connections receives it, and perhaps once more after that.
/// </summary>
public interface IEdge
{
    /// <summary>
    /// Hands over the next entries of a feed: offsets rise, without duplicates, and a skipped offset is one that
    /// was superseded (<see cref="DeliveryClass.Latest"/>), or taken while the edge had no receiver. Volatile
    /// entries stand where they were sent.
    /// </summary>
    /// <remarks>
    /// The list is valid during the call only; the entries are immutable and may be kept. It may begin with entries
    /// that a receiver already has, because it joined since: for each receiver those up to the head that it was
    /// given (<see cref="Recovery.Head"/>, <see cref="OpenResult"/>) are passed over. Entries with
    /// <see cref="FeedEntry.ExceptSender"/> are for the edge to hold back from their sender.
    /// </remarks>
    void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries);

    /// <summary>
    /// Says that entries of a feed up to and including <paramref name="now"/> could not be had: live delivery goes
    /// on after that position. A changed epoch is told the same way. Of no concern to a receiver that joined at
    /// or after it.
    /// </summary>
    void Lost(FeedId feed, Position now);

    /// <summary>Hands over what changed in a room's presence, for the members that asked for it.</summary>
    void Presence(RoomName room, PresenceChange change);

    /// <summary>
    /// Ends a connection's attachment to this edge: its socket is closed with the reason. It may come before the call
    /// that made the attachment has returned.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="attachment">Which attachment is meant; an older or newer one is left alone.</param>
    /// <param name="reason">Why.</param>
    void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason);

    /// <summary>Takes a request that came in on another edge, or this one, for a connection that is attached here.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="attachment">Which attachment is meant.</param>
    /// <param name="request">The request; the edge's to keep.</param>
    ReceiveResult Receive(ConnectionId connection, long attachment, ReadOnlyMemory<byte> request) => default;

    /// <summary>
    /// Makes a connection join a room as if its client had asked for it; the client is told. Completes once it has, with
    /// what <see cref="IBackplane.JoinAsync"/> returned; NoSuchConnection where the attachment is not here, Unavailable
    /// where it is not ready yet. An edge whose connections can't be joined has none.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="attachment">Which attachment is meant.</param>
    /// <param name="room">The room.</param>
    /// <param name="options">Valid while the call lasts and after it.</param>
    ValueTask<BackplaneStatus> JoinAsync(ConnectionId connection, long attachment, RoomName room, JoinOptions options) =>
        new(BackplaneStatus.NoSuchConnection);

    /// <summary>The same for leaving it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="attachment">Which attachment is meant.</param>
    /// <param name="room">The room.</param>
    /// <param name="reason">What the client is told.</param>
    ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, long attachment, RoomName room, string reason) =>
        new(BackplaneStatus.NoSuchConnection);

    /// <summary>What the edge says of itself.</summary>
    NodeReport Report() => NodeReport.None;

    /// <summary>A page of the connections whose sockets are here, by id.</summary>
    /// <param name="after">Only those whose ids come behind this; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    ConnectionPage ListConnections(string? after, int limit) => ConnectionPage.Refuse(BackplaneStatus.Ok);

    /// <summary>Lets nobody in any more, and sends who is here to other edges, little by little. Returns at once.</summary>
    void Drain()
    {
    }
}
