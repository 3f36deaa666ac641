using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Users;

/// <summary>
/// An identity with its connections, and a feed that all of them receive. Without connections it lasts as long as
/// something in its feed does. Not safe for concurrent use. All times are milliseconds since the Unix epoch.
/// </summary>
public sealed class User : FeedOwner
{
    private readonly List<UserConnection> _connections = new(1);
    private Ban? _ban;

    /// <summary>A user without connections.</summary>
    /// <param name="name">The identity.</param>
    /// <param name="options">Validated options of its feed.</param>
    /// <param name="epoch">An epoch that no earlier life of the user had.</param>
    public User(UserName name, FeedOptions options, Epoch epoch)
        : base(options, epoch) => Name = name;

    /// <summary>A user that goes on elsewhere from what was saved of it.</summary>
    /// <param name="name">The identity.</param>
    /// <param name="options">Validated options of its feed.</param>
    /// <param name="state">What was saved.</param>
    /// <param name="now">The time.</param>
    public User(UserName name, FeedOptions options, UserState state, long now)
        : base(options, state.Feed, durable: false, now)
    {
        Name = name;
        foreach (UserConnectionState saved in state.Connections)
        {
            _connections.Add(new UserConnection(saved.Connection, saved.Edge ?? default, saved.Attachment));
        }

        if (state.Seen.Count > 0)
        {
            Listen();
            Rewind(state.Seen, now);
        }
    }

    /// <summary>The identity.</summary>
    public UserName Name { get; }

    /// <summary>How many connections there are, detached ones included.</summary>
    public int ConnectionCount => _connections.Count;

    /// <inheritdoc/>
    public override FeedId FeedId => FeedId.Of(Name);

    /// <summary>The ids of its connections, detached ones included.</summary>
    public IReadOnlyList<ConnectionId> Connections => [.. _connections.Select(connection => connection.Connection)];

    /// <inheritdoc/>
    public override long? UpkeepAt =>
        _ban is { } ban && (FeedExpiresAt is not { } at || ban.Until < at) ? ban.Until : FeedExpiresAt;

    /// <summary>Adds a new connection; everything after the position that is returned is delivered to its edge.</summary>
    public Position Add(ConnectionId connection, EdgeId edge, long attachment)
    {
        _connections.Add(new UserConnection(connection, edge, attachment));
        Audience?.Add(edge, false, Head.Offset);
        return Head;
    }

    /// <summary>
    /// A connection was resumed: everything after the head that is returned is delivered to its edge. An older
    /// attachment than is known changes nothing, nor does a connection that is gone.
    /// </summary>
    public Recovery Attach(ConnectionId connection, EdgeId edge, long attachment, Position? position, long now)
    {
        int index = IndexOf(connection);
        if (index >= 0 && _connections[index].Attachment <= attachment)
        {
            Move(index, edge, attachment);
        }

        return Recover(position, connection, now);
    }

    /// <summary>
    /// A connection says that it is one of the user's, attached to an edge: the user may have come up anew without it.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="edge">Where it is attached.</param>
    /// <param name="attachment">The number of that attachment.</param>
    /// <param name="seen">What the edge has seen of the feed; null where it has seen nothing.</param>
    /// <param name="now">The time.</param>
    public void Reattach(ConnectionId connection, EdgeId edge, long attachment, Position? seen, long now)
    {
        int index = IndexOf(connection);
        if (index < 0)
        {
            _connections.Add(new UserConnection(connection, default, attachment));
            index = _connections.Count - 1;
        }

        UserConnection known = _connections[index];
        if (attachment < known.Attachment || (attachment == known.Attachment && known.IsAttached))
        {
            return;
        }

        Move(index, default, attachment);
        bool received = Receives(edge, seen);
        Move(index, edge, attachment);
        if (!received && seen is { } position && position != Head)
        {
            Listen();
            Rewind(edge, position, now);
        }
    }

    /// <summary>All that is needed to go on elsewhere.</summary>
    public UserState Save() => new(
        SaveFeed() ?? StoredFeed.Empty(Epoch),
        [.. _connections.Select(connection => new UserConnectionState(
            connection.Connection, connection.IsAttached ? connection.Edge : null, connection.Attachment))],
        SaveSeen());

    /// <summary>A connection receives nothing for now. Later attachments are left alone.</summary>
    public void Detach(ConnectionId connection, long attachment)
    {
        int index = IndexOf(connection);
        if (index >= 0 && _connections[index].Attachment <= attachment)
        {
            Move(index, default, attachment);
        }
    }

    /// <summary>An edge is gone: its connections stay, detached.</summary>
    public void DetachEdge(EdgeId edge)
    {
        for (int index = 0; index < _connections.Count; index++)
        {
            if (_connections[index].Edge == edge)
            {
                Move(index, default, _connections[index].Attachment);
            }
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(ConnectionId connection)
    {
        int index = IndexOf(connection);
        if (index >= 0)
        {
            Move(index, default, _connections[index].Attachment);
            _connections.RemoveAt(index);
        }
    }

    /// <summary>
    /// Sends to all connections. NoSuchConnection where there is none, unless something earlier is still kept for
    /// one to come.
    /// </summary>
    public PublishResult Send(in Publication publication, long now)
    {
        if (HasNobody(now))
        {
            return new PublishResult(BackplaneStatus.NoSuchConnection, default, false);
        }

        Listen();
        return Append(publication, now, out _);
    }

    /// <summary>Bans the user, in place of an earlier ban; null to end one. Connections are for the shell to end.</summary>
    public void SetBan(Ban? ban) => _ban = ban;

    /// <summary>The ban that is in force; null where there is none.</summary>
    public Ban? FindBan(long now) => _ban is { } ban && ban.IsInForce(now) ? ban : null;

    /// <summary>Shows the server a page of the connections.</summary>
    public UserView Inspect(string? after, int limit, long now)
    {
        IReadOnlyList<UserConnection> page = Paging.Take(
            _connections, static connection => connection.Connection.Value, after, limit, out bool more);
        ConnectionSummary[] shown = [.. page.Select(one => new ConnectionSummary(one.Connection, one.IsAttached))];
        return new UserView(BackplaneStatus.Ok, _connections.Count, shown, more, FindBan(now));
    }

    /// <summary>Reads a page of the history for one of the user's connections.</summary>
    public HistoryResult Read(ConnectionId reader, HistoryQuery query, long now) =>
        IndexOf(reader) >= 0
            ? ReadFeed(query, now)
            : new HistoryResult(BackplaneStatus.NotJoined, default, [], false);

    /// <summary>True when there is no connection, no ban, and nothing in the feed that is worth keeping.</summary>
    public bool CanCollect(long now) => HasNobody(now) && FindBan(now) is null;

    /// <inheritdoc/>
    public override bool Upkeep(long now)
    {
        base.Upkeep(now);
        _ban = FindBan(now);
        return CanCollect(now);
    }

    private bool HasNobody(long now) => _connections.Count == 0 && (FeedExpiresAt ?? long.MinValue) <= now;

    // Most users are never sent anything: the edges are counted from the first message on.
    private void Listen()
    {
        if (Audience is not null)
        {
            return;
        }

        Audience audience = EnsureAudience();
        foreach (UserConnection connection in _connections)
        {
            if (connection.IsAttached)
            {
                audience.Add(connection.Edge, false, Head.Offset);
            }
        }
    }

    private void Move(int index, EdgeId edge, long attachment)
    {
        UserConnection before = _connections[index];
        var after = new UserConnection(before.Connection, edge, attachment);
        _connections[index] = after;
        if (Audience is null)
        {
            return;
        }

        if (before.IsAttached)
        {
            Audience.Remove(before.Edge, false);
        }

        if (after.IsAttached)
        {
            Audience.Add(after.Edge, false, Head.Offset);
        }
    }

    private int IndexOf(ConnectionId connection) =>
        _connections.FindIndex(candidate => candidate.Connection == connection);
}
