using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;
using Switchboard.Node.Rooms;

namespace Switchboard.Node.Feeds;

/// <summary>
/// Through which the cluster calls this edge. It answers at once, as an edge never blocks; but for a join or leave that a
/// server asks for, which holds up what comes behind it by as much as the room's grain takes.
/// </summary>
internal sealed class EdgeSink(
    Deliveries deliveries, HeldConnections held, EdgePort port, Tickets tickets, SwitchedCluster cluster) : IEdgeSink
{
    private static readonly Task<DeliveryAnswer> Taken = Task.FromResult(DeliveryAnswer.Taken);

    private static readonly Task<ReceiveAnswer> NeverReceived = new TaskCompletionSource<ReceiveAnswer>().Task;

    // An edge that was cut off does not answer: whoever calls it runs into the time-out, as with one that has died.
    private readonly Task<DeliveryAnswer> _never = new TaskCompletionSource<DeliveryAnswer>().Task;
    private readonly Task<BackplaneStatus> _neverDone = new TaskCompletionSource<BackplaneStatus>().Task;
    private readonly Task<NodeReport> _neverReported = new TaskCompletionSource<NodeReport>().Task;
    private readonly Task<ConnectionPage> _neverListed = new TaskCompletionSource<ConnectionPage>().Task;

    public Task<DeliveryAnswer> DeliverAsync(DeliveryBatch batch)
    {
        if (cluster.IsCut)
        {
            return _never;
        }

        foreach (RoomPublished published in batch.Published ?? [])
        {
            tickets.Complete(published);
        }

        Position?[]? behind = null;
        for (int i = 0; i < batch.Deliveries.Length; i++)
        {
            if (deliveries.Take(batch.Deliveries[i]) is { } seen)
            {
                behind ??= new Position?[batch.Deliveries.Length];
                behind[i] = seen;
            }
        }

        return behind is null ? Taken : Task.FromResult(new DeliveryAnswer { Behind = behind });
    }

    public Task DisconnectAsync(ConnectionId connection, long attachment, DisconnectReason reason)
    {
        if (cluster.IsCut)
        {
            return _never;
        }

        held.Remove(connection, attachment);
        port.Edge.Disconnect(connection, attachment, reason);
        return Task.CompletedTask;
    }

    public Task<ReceiveAnswer> ReceiveAsync(ConnectionId connection, long attachment, byte[] request)
    {
        if (cluster.IsCut)
        {
            return NeverReceived;
        }

        ReceiveResult result = port.Edge.Receive(connection, attachment, request);
        return Task.FromResult(new ReceiveAnswer { Status = result.Status, Expected = result.Expected });
    }

    public Task<BackplaneStatus> JoinAsync(ConnectionId connection, long attachment, RoomName room, JoinOptions options) =>
        cluster.IsCut
            ? _neverDone
            : port.Edge.JoinAsync(connection, attachment, room, options).AsTask();

    public Task<BackplaneStatus> LeaveAsync(ConnectionId connection, long attachment, RoomName room, string reason) =>
        cluster.IsCut
            ? _neverDone
            : port.Edge.LeaveAsync(connection, attachment, room, reason).AsTask();

    public Task<NodeReport> ReportAsync() => cluster.IsCut ? _neverReported : Task.FromResult(port.Edge.Report());

    public Task<ConnectionPage> ConnectionsAsync(string? after, int limit) =>
        cluster.IsCut ? _neverListed : Task.FromResult(port.Edge.ListConnections(after, limit));

    public Task DrainAsync()
    {
        if (cluster.IsCut)
        {
            return _never;
        }

        port.Edge.Drain();
        return Task.CompletedTask;
    }
}
