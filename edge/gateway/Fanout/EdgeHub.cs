using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Sessions;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway.Fanout;

/// <summary>What the backplane calls: finds the feed's members, or the session, on this edge.</summary>
internal sealed class EdgeHub(GatewayMetrics? metrics = null) : IEdge
{
    // Far more than can end between the answer of the backplane and the registration of a session.
    private const int MostEarly = 4096;

    private readonly ConcurrentDictionary<FeedId, LocalFeed> _feeds = new();
    private readonly ConcurrentDictionary<(ConnectionId, long), ClientSession> _sessions = new();

    private readonly EarlyEnds _early = new(MostEarly);

    public int ConnectionCount => _sessions.Count;

    /// <summary>How many rooms have a member here. It looks at every feed.</summary>
    public int RoomCount => _feeds.Count(static feed => feed.Key.Kind == FeedKind.Room);

    /// <summary>What this edge says of itself; null before it has begun to serve.</summary>
    public Func<NodeReport>? OnReport { get; set; }

    /// <summary>Empties this edge.</summary>
    public Action? OnDrain { get; set; }

    /// <summary>Makes a session a member of a feed, holding back what is delivered until it goes live.</summary>
    public FeedMember Add(ClientSession session, FeedId id, bool wantsPresence = false)
    {
        while (true)
        {
            LocalFeed feed = _feeds.GetOrAdd(id, static id => new LocalFeed(id));
            FeedMember member = new(session, feed) { WantsPresence = wantsPresence };
            if (feed.TryAdd(member))
            {
                return member;
            }

            // The feed's last member left this moment; whoever removed it takes it out of the table.
            _feeds.TryRemove(KeyValuePair.Create(id, feed));
        }
    }

    public void Remove(FeedMember member)
    {
        if (member.Feed.Remove(member))
        {
            _feeds.TryRemove(KeyValuePair.Create(member.Feed.Id, member.Feed));
        }
    }

    public void Register(ClientSession session)
    {
        _sessions[(session.Id, session.Attachment)] = session;
        if (_early.TryGet(session.Id, session.Attachment, out DisconnectReason reason))
        {
            Disconnect(session.Id, session.Attachment, reason);
        }
    }

    public void Unregister(ClientSession session) =>
        _sessions.TryRemove(KeyValuePair.Create((session.Id, session.Attachment), session));

    public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries)
    {
        if (_feeds.TryGetValue(feed, out LocalFeed? local))
        {
            local.Deliver(entries);
            if (entries.Count != 0)
            {
                metrics?.Delivered(entries[0].Timestamp);
            }
        }
    }

    public void Lost(FeedId feed, Position now)
    {
        if (_feeds.TryGetValue(feed, out LocalFeed? local))
        {
            local.Lose(now);
        }
    }

    public void Presence(RoomName room, PresenceChange change)
    {
        if (_feeds.TryGetValue(FeedId.Of(room), out LocalFeed? local))
        {
            local.ChangePresence(change);
        }
    }

    public ReceiveResult Receive(ConnectionId connection, long attachment, ReadOnlyMemory<byte> request) =>
        _sessions.TryGetValue((connection, attachment), out ClientSession? session) ? session.Receive(request) : default;

    public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason)
    {
        if (_sessions.TryGetValue((connection, attachment), out ClientSession? session))
        {
            session.OnDisconnected(reason switch
            {
                DisconnectReason.Replaced => CloseReason.Replaced,
                DisconnectReason.Kicked => CloseReason.Kicked,
                DisconnectReason.Banned => CloseReason.Banned,
                _ => CloseReason.ConnectionEnded,
            });
        }
        else
        {
            _early.Add(connection, attachment, reason);
            if (_sessions.ContainsKey((connection, attachment)))
            {
                // It was registered just now, and may have looked before the note was there.
                Disconnect(connection, attachment, reason);
            }
        }
    }

    public NodeReport Report() => OnReport?.Invoke() ?? NodeReport.None;

    public ConnectionPage ListConnections(string? after, int limit)
    {
        // A connection that is just being taken over on this very edge is here twice for a moment.
        IEnumerable<NodeConnection> all = _sessions.Values.Select(static session => session.Sender).OfType<Sender>()
            .Select(static sender => new NodeConnection(sender.Connection, sender.User)).Distinct();
        IReadOnlyList<NodeConnection> page =
            Paging.Take(all, static one => one.Connection.Value, after, limit, out bool more);
        return new ConnectionPage(BackplaneStatus.Ok, page, more);
    }

    public void Drain() => OnDrain?.Invoke();

    public ValueTask<BackplaneStatus> JoinAsync(
        ConnectionId connection, long attachment, RoomName room, JoinOptions options) =>
        MoveAsync(connection, attachment, new ServerMove(room, options, null));

    public ValueTask<BackplaneStatus> LeaveAsync(
        ConnectionId connection, long attachment, RoomName room, string reason) =>
        MoveAsync(connection, attachment, new ServerMove(room, default, reason));

    private async ValueTask<BackplaneStatus> MoveAsync(ConnectionId connection, long attachment, ServerMove move)
    {
        if (!_sessions.TryGetValue((connection, attachment), out ClientSession? session))
        {
            return BackplaneStatus.NoSuchConnection;
        }

        Task<BackplaneStatus> done = session.MoveAsync(move);
        if (!_sessions.ContainsKey((connection, attachment)))
        {
            // It ended just now, and may have refused what waited before this did.
            session.RefuseMoves();
        }

        return await done;
    }
}
