using System.Collections.Concurrent;
using System.Text;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract.Harness;

/// <summary>Hands what it is called with to the receivers on this edge, and notes which call breaks the rules.</summary>
internal sealed class RecordingEdge : IEdge
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FeedId, FeedReceiver[]> _receivers = [];
    private readonly ConcurrentDictionary<FeedId, byte> _busy = new();
    private readonly ConcurrentDictionary<(ConnectionId, long), TaskCompletionSource<DisconnectReason>> _ends = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentQueue<(ConnectionId Connection, long Attachment, string Request)> _received = new();
    private readonly ConcurrentDictionary<(ConnectionId, long), TestConnection> _connections = new();

    /// <summary>Adds a receiver that holds back what comes until it goes live.</summary>
    public FeedReceiver Add(FeedId feed)
    {
        var receiver = new FeedReceiver(feed, _violations.Enqueue);
        lock (_gate)
        {
            _receivers[feed] = [.. ReceiversOf(feed), receiver];
        }

        return receiver;
    }

    /// <summary>Takes a receiver away: nothing reaches it any more.</summary>
    public void Remove(FeedReceiver receiver)
    {
        receiver.Stop();
        lock (_gate)
        {
            FeedReceiver[] rest = [.. ReceiversOf(receiver.Feed).Where(other => other != receiver)];
            if (rest.Length == 0)
            {
                _receivers.Remove(receiver.Feed);
            }
            else
            {
                _receivers[receiver.Feed] = rest;
            }
        }
    }

    /// <summary>A socket that holds a connection, for what a server asks of it.</summary>
    public void Register(TestConnection connection) => _connections[(connection.Id, connection.Attachment)] = connection;

    /// <summary>Completes once the attachment is disconnected, which may have been before.</summary>
    public Task<DisconnectReason> DisconnectOf(ConnectionId connection, long attachment) =>
        Signal(connection, attachment).Task;

    /// <summary>The requests that came for a connection, each with the attachment that was meant.</summary>
    public (long Attachment, string Request)[] RequestsFor(ConnectionId connection) =>
        [.. _received.Where(one => one.Connection == connection).Select(one => (one.Attachment, one.Request))];

    /// <summary>What broke the rules since the last look.</summary>
    public IReadOnlyList<string> TakeViolations()
    {
        var taken = new List<string>();
        while (_violations.TryDequeue(out string? violation))
        {
            taken.Add(violation);
        }

        return taken;
    }

    public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries)
    {
        // The list is the caller's again once this returns.
        FeedEntry[] kept = [.. entries];
        ForEach(feed, receiver => receiver.Deliver(epoch, kept));
    }

    public void Lost(FeedId feed, Position now) => ForEach(feed, receiver => receiver.Lose(now));

    public void Presence(RoomName room, PresenceChange change) =>
        ForEach(FeedId.Of(room), receiver => receiver.Change(change));

    // Told twice is no harm: the first one ended it.
    public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason) =>
        Signal(connection, attachment).TrySetResult(reason);

    public ReceiveResult Receive(ConnectionId connection, long attachment, ReadOnlyMemory<byte> request)
    {
        _received.Enqueue((connection, attachment, Encoding.UTF8.GetString(request.Span)));
        return new ReceiveResult(ReceiveStatus.Taken, attachment + 1);
    }

    public async ValueTask<BackplaneStatus> JoinAsync(
        ConnectionId connection, long attachment, RoomName room, JoinOptions options) =>
        _connections.TryGetValue((connection, attachment), out TestConnection? here)
            ? (await here.TryJoinAsync(room, options.Position, options.Presence, options.State.Text())).Status
            : BackplaneStatus.NoSuchConnection;

    public async ValueTask<BackplaneStatus> LeaveAsync(
        ConnectionId connection, long attachment, RoomName room, string reason) =>
        _connections.TryGetValue((connection, attachment), out TestConnection? here)
            ? await here.LeaveAsync(room)
            : BackplaneStatus.NoSuchConnection;

    /// <summary>How often it was told to drain.</summary>
    public int Drains { get; private set; }

    public NodeReport Report() => new(
        "http://here", "1.2.3", 1_700_000_000_000, IsDraining: false, new NodeFigures
        {
            Connections = _connections.Count, Sent = 42, Memory = 1L << 40, Cpu = TimeSpan.FromMilliseconds(1500),
        });

    public ConnectionPage ListConnections(string? after, int limit)
    {
        IReadOnlyList<NodeConnection> page = Paging.Take(
            _connections.Values.Select(static one => new NodeConnection(one.Id, one.User)),
            static one => one.Connection.Value,
            after,
            limit,
            out bool more);
        return new ConnectionPage(BackplaneStatus.Ok, page, more);
    }

    public void Drain() => Drains++;

    private void ForEach(FeedId feed, Action<FeedReceiver> action)
    {
        if (!_busy.TryAdd(feed, 0))
        {
            _violations.Enqueue($"{feed.Kind} {feed.Owner}: two calls at once");
        }

        FeedReceiver[] receivers;
        lock (_gate)
        {
            receivers = ReceiversOf(feed);
        }

        foreach (FeedReceiver receiver in receivers)
        {
            action(receiver);
        }

        _busy.TryRemove(feed, out _);
    }

    private FeedReceiver[] ReceiversOf(FeedId feed) => _receivers.GetValueOrDefault(feed) ?? [];

    private TaskCompletionSource<DisconnectReason> Signal(ConnectionId connection, long attachment) =>
        _ends.GetOrAdd(
            (connection, attachment),
            static _ => new TaskCompletionSource<DisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously));
}
