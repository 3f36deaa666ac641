using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>
/// Through which an edge is called. An edge has several, each for its share of the feeds; a feed is always handed to the
/// same one, so that two deliveries of it can't overtake each other.
/// </summary>
[Alias("switchboard.sink")]
public interface IEdgeSink : IGrainObserver
{
    /// <summary>Hands over what came of some feeds, and hears of each that the edge has not seen so far.</summary>
    [Alias("deliver")]
    [ResponseTimeout("00:00:05")]
    Task<DeliveryAnswer> DeliverAsync(DeliveryBatch batch);

    /// <summary>Ends a connection's attachment.</summary>
    [Alias("disconnect")]
    [ResponseTimeout("00:00:05")]
    Task DisconnectAsync(ConnectionId connection, long attachment, DisconnectReason reason);

    /// <summary>Hands over a request of a client whose connection has an attachment here.</summary>
    [Alias("receive")]
    [ResponseTimeout("00:00:05")]
    Task<ReceiveAnswer> ReceiveAsync(ConnectionId connection, long attachment, byte[] request);

    /// <summary>Makes a connection join a room, as if its client had asked for it.</summary>
    [Alias("join")]
    [ResponseTimeout("00:00:05")]
    Task<BackplaneStatus> JoinAsync(ConnectionId connection, long attachment, RoomName room, JoinOptions options);

    /// <summary>Makes a connection leave a room.</summary>
    [Alias("leave")]
    [ResponseTimeout("00:00:05")]
    Task<BackplaneStatus> LeaveAsync(ConnectionId connection, long attachment, RoomName room, string reason);

    /// <summary>What the edge says of itself.</summary>
    [Alias("report")]
    [ResponseTimeout("00:00:02")]
    Task<NodeReport> ReportAsync();

    /// <summary>A page of the connections whose sockets are at the edge.</summary>
    [Alias("connections")]
    [ResponseTimeout("00:00:02")]
    Task<ConnectionPage> ConnectionsAsync(string? after, int limit);

    /// <summary>Begins to send the edge's clients to others.</summary>
    [Alias("drain")]
    [ResponseTimeout("00:00:02")]
    Task DrainAsync();
}
