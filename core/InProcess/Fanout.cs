using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>Calls the one edge, and knows how many pumps are under way.</summary>
internal sealed class Fanout(Action<Exception> onFailure)
{
    /// <summary>What the rules call the only edge there is.</summary>
    public static readonly EdgeId Edge = new("in-process");

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IEdge? _edge;
    private int _stops;

    // The backplane itself counts as one until it is disposed.
    private int _active = 1;

    /// <summary>Cells that need upkeep.</summary>
    public DeadlineQueue Deadlines { get; } = new();

    public bool IsStopped => Volatile.Read(ref _stops) != 0;

    public bool HasEdge => _edge is not null;

    /// <summary>The edge, for calls that are answered.</summary>
    public IEdge Called => _edge!;

    public void Attach(IEdge edge)
    {
        if (Interlocked.CompareExchange(ref _edge, edge, null) is not null)
        {
            throw new InvalidOperationException("An edge is attached already.");
        }
    }

    public void Started() => Interlocked.Increment(ref _active);

    public void Finished()
    {
        if (Interlocked.Decrement(ref _active) == 0)
        {
            _drained.TrySetResult();
        }
    }

    public Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stops, 1) == 0)
        {
            Finished();
        }

        return _drained.Task;
    }

    public void Deliver(FeedOwner owner, in EdgeBatch batch)
    {
        if (batch.Lost is { } lost)
        {
            Guard((Edge: _edge!, owner.FeedId, lost), static call => call.Edge.Lost(call.FeedId, call.lost));
        }

        if (batch.Presence.Count > 0 && owner is Room room)
        {
            foreach (PresenceChange change in batch.Presence)
            {
                Guard((Edge: _edge!, room.Name, change), static call => call.Edge.Presence(call.Name, call.change));
            }
        }

        if (batch.Entries.Count > 0)
        {
            Guard(
                (Edge: _edge!, owner, batch.Entries),
                static call => call.Edge.Deliver(call.owner.FeedId, call.owner.Epoch, call.Entries));
        }
    }

    public void Disconnect(ConnectionId connection, long attachment, Connections.DisconnectReason reason) =>
        Guard(
            (Edge: _edge!, connection, attachment, reason),
            static call => call.Edge.Disconnect(call.connection, call.attachment, call.reason));

    public ReceiveResult Receive(ConnectionId connection, long attachment, ReadOnlyMemory<byte> request) =>
        _edge!.Receive(connection, attachment, request);

    // The edge must not throw. If it does, that call is over, others go on, and somebody hears of it.
    private void Guard<T>(T call, Action<T> action)
    {
        try
        {
            action(call);
        }
        catch (Exception exception)
        {
            onFailure(exception);
        }
    }
}
