using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>
/// The backplane in one process: a shell that locks and calls the rules. Every call completes synchronously. What
/// the edge is to be told, it is told from the thread pool, never on the caller's stack; only
/// <see cref="IEdge.Disconnect"/> is called within a resume.
/// </summary>
public sealed class InProcessBackplane : IBackplane, IAsyncDisposable
{
    private static readonly TimeSpan UpkeepPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ConnectionCell> _connections = new();
    private readonly Fanout _fanout = new();
    private readonly InProcessOptions _options;
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private readonly RoomDirectory _rooms;
    private readonly UserDirectory _users;
    private readonly ITimer _timer;
    private int _upkeepRuns;

    /// <summary>Begins empty, and checks once a second what has expired.</summary>
    /// <param name="options">Not to be changed any more.</param>
    /// <param name="time">The clock and the timer.</param>
    /// <param name="random">Ids, epochs and secrets; null for the operating system's.</param>
    /// <exception cref="ArgumentException">The options are out of bounds; the message names every field.</exception>
    public InProcessBackplane(InProcessOptions options, TimeProvider time, IRandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        string problems = string.Join("; ", options.Validate());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        _options = options;
        _time = time;
        _random = random ?? new CryptoRandomSource();
        _rooms = new RoomDirectory(options.Rooms, _random, _fanout);
        _users = new UserDirectory(options.UserFeed, _random, _fanout);
        _timer = time.CreateTimer(
            static backplane => ((InProcessBackplane)backplane!).Upkeep(), this, UpkeepPeriod, UpkeepPeriod);
    }

    /// <summary>
    /// An exception that the edge threw, which it must not: that one call is lost, the feed goes on with the next.
    /// Raised where the edge was called, so a handler must be quick and must not throw.
    /// </summary>
    public event Action<Exception>? UnobservedFailure
    {
        add => _fanout.Failed += value;
        remove => _fanout.Failed -= value;
    }

    /// <summary>How many connections there are, those in their grace period included.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>How many rooms are kept, empty ones included.</summary>
    public int RoomCount => _rooms.Count;

    /// <summary>How many users are kept, those without a connection included.</summary>
    public int UserCount => _users.Count;

    /// <inheritdoc/>
    public void Attach(IEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        _fanout.Attach(edge);
    }

    /// <inheritdoc/>
    public ValueTask<OpenResult> OpenAsync(UserName user)
    {
        CheckStarted();
        ConnectionId id = ConnectionId.Create(_random);
        string token = ResumeToken.Create(id, _random);
        var epoch = Epoch.Create(_random);
        (UserCell userCell, Position userHead) = _users.Add(user, id, 1);
        var connection = new Connection(
            id, userCell.User.Name, TokenHash.Of(token), Fanout.Edge, _options.Connections, epoch);
        _connections[id.Value] = new ConnectionCell(connection, userCell, _fanout);
        return new(new OpenResult(BackplaneStatus.Ok, id, 1, token, userHead, connection.Head));
    }

    /// <inheritdoc/>
    public ValueTask<ResumeResult> ResumeAsync(
        UserName user, string token, Position? userPosition, Position? connectionPosition)
    {
        CheckStarted();
        ConnectionCell? cell = null;
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id)
            || !_connections.TryGetValue(id.Value, out cell))
        {
            return new(new ResumeResult(BackplaneStatus.NoSuchConnection, id, 0, [], default, default));
        }

        long now = Now();
        ResumeDecision decision;
        lock (cell)
        {
            decision = cell.Connection.Resume(user, token, Fanout.Edge, connectionPosition, now);
        }

        if (decision.Status != BackplaneStatus.Ok)
        {
            return new(new ResumeResult(decision.Status, id, 0, [], default, default));
        }

        if (decision.Replaced is { } replaced)
        {
            _fanout.Disconnect(id, replaced.Number, DisconnectReason.Replaced);
            foreach (RoomName room in decision.Rooms)
            {
                _rooms.Detach(room, id, replaced.Number);
            }
        }

        Recovery userFeed = UserDirectory.Attach(cell.User, id, decision.Attachment, userPosition, now);
        return new(new ResumeResult(
            BackplaneStatus.Ok, id, decision.Attachment, decision.Rooms, userFeed, decision.Own));
    }

    /// <inheritdoc/>
    public ValueTask DetachAsync(ConnectionId connection, long attachment)
    {
        CheckStarted();
        if (!_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            return default;
        }

        IReadOnlyList<RoomName> rooms;
        lock (cell)
        {
            if (!cell.Connection.Detach(attachment, Now()))
            {
                return default;
            }

            rooms = cell.Connection.Rooms;
            cell.Settle();
        }

        foreach (RoomName room in rooms)
        {
            _rooms.Detach(room, connection, attachment);
        }

        UserDirectory.Detach(cell.User, connection, attachment);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(ConnectionId connection, long attachment)
    {
        CheckStarted();
        if (_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            bool closed;
            lock (cell)
            {
                closed = cell.Connection.Close(attachment);
            }

            if (closed)
            {
                Remove(cell, Now());
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<JoinResult> JoinAsync(ConnectionId connection, RoomName room, JoinOptions options)
    {
        CheckStarted();
        long now = Now();
        BackplaneStatus status = BackplaneStatus.NoSuchConnection;
        EdgeId? edge = null;
        long attachment = 0;
        if (_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            lock (cell)
            {
                status = cell.Connection.BeginJoin(room, now);
                edge = cell.Connection.Attachment?.Edge;
                attachment = cell.Connection.AttachmentNumber;
            }
        }

        if (status != BackplaneStatus.Ok)
        {
            return new(new JoinResult(status, default, false, null));
        }

        JoinResult result = _rooms.Join(
            room, new RoomJoin(connection, cell!.Connection.User, edge, attachment, options), now);
        JoinFollowUp followUp;
        lock (cell)
        {
            followUp = cell.Connection.CompleteJoin(room, attachment, result.Status == BackplaneStatus.Ok);
        }

        if (followUp == JoinFollowUp.Leave)
        {
            _rooms.Leave(room, connection, now);
            return new(new JoinResult(BackplaneStatus.NoSuchConnection, default, false, null));
        }

        if (followUp == JoinFollowUp.Detach)
        {
            _rooms.Detach(room, connection, attachment);
        }

        return new(result);
    }

    /// <inheritdoc/>
    public ValueTask<JoinResult> RejoinAsync(ConnectionId connection, RoomName room, Position? position)
    {
        CheckStarted();
        long now = Now();
        Attachment? attachment = null;
        bool isMember = false;
        if (_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            lock (cell)
            {
                attachment = cell.Connection.Attachment;
                isMember = cell.Connection.IsMemberOf(room);
            }
        }

        if (attachment is not { } holder || !isMember)
        {
            BackplaneStatus status = attachment is null ? BackplaneStatus.NoSuchConnection : BackplaneStatus.NotJoined;
            return new(new JoinResult(status, default, false, null));
        }

        var rejoin = new RoomJoin(
            connection, cell!.Connection.User, holder.Edge, holder.Number, new JoinOptions(position, false, default));
        JoinResult result = _rooms.Rejoin(room, rejoin, now);
        bool stillAttached;
        lock (cell)
        {
            stillAttached = cell.Connection.Attachment == holder;
        }

        if (!stillAttached)
        {
            _rooms.Detach(room, connection, holder.Number);
        }

        return new(result);
    }

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room)
    {
        CheckStarted();
        long now = Now();
        BackplaneStatus status = BackplaneStatus.NoSuchConnection;
        if (_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            lock (cell)
            {
                status = cell.Connection.BeginLeave(room, now);
            }
        }

        if (status == BackplaneStatus.Ok)
        {
            _rooms.Leave(room, connection, now);
            lock (cell!)
            {
                cell.Connection.CompleteLeave(room);
            }
        }

        return new(status);
    }

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(RoomName room, in Publication publication)
    {
        CheckStarted();
        return new(_rooms.Publish(room, publication, Now()));
    }

    /// <summary>
    /// Sends to all connections of a user. Where none is left, the message is still kept for the next one while
    /// something earlier is; else NoSuchConnection.
    /// </summary>
    public ValueTask<PublishResult> SendAsync(UserName user, in Publication publication)
    {
        CheckStarted();
        return new(_users.Send(user, publication, Now()));
    }

    /// <summary>Sends to one connection; in its grace period the message is kept for its resume.</summary>
    public ValueTask<PublishResult> SendAsync(ConnectionId connection, in Publication publication)
    {
        CheckStarted();
        if (!_connections.TryGetValue(connection.Value, out ConnectionCell? cell))
        {
            return new(new PublishResult(BackplaneStatus.NoSuchConnection, default, false));
        }

        PublishResult result;
        bool pump;
        lock (cell)
        {
            result = cell.Connection.Send(publication, Now());
            pump = cell.Settle();
        }

        if (pump)
        {
            cell.StartPump();
        }

        return new(result);
    }

    /// <inheritdoc/>
    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, FeedId feed, HistoryQuery query)
    {
        CheckStarted();
        long now = Now();
        if (!_connections.TryGetValue(reader.Value, out ConnectionCell? cell))
        {
            return new(new HistoryResult(BackplaneStatus.NoSuchConnection, default, [], false));
        }

        switch (feed.Kind)
        {
            case FeedKind.Room:
                return new(_rooms.Read(feed.Owner, reader, query, now));
            case FeedKind.User when feed.Owner == cell.Connection.User.Value:
                return new(UserDirectory.Read(cell.User, reader, query, now));
            case FeedKind.Connection when feed.Owner == reader.Value:
                lock (cell)
                {
                    return new(cell.Connection.Read(query, now));
                }

            default:
                return new(new HistoryResult(BackplaneStatus.NotJoined, default, [], false));
        }
    }

    /// <inheritdoc/>
    public ValueTask<PresenceResult> PresenceAsync(ConnectionId reader, RoomName room)
    {
        CheckStarted();
        return new(_connections.ContainsKey(reader.Value)
            ? _rooms.Presence(room, reader)
            : new PresenceResult(BackplaneStatus.NoSuchConnection, null));
    }

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> SetStateAsync(
        ConnectionId connection, RoomName room, ReadOnlyMemory<byte> state)
    {
        CheckStarted();
        return new(_connections.ContainsKey(connection.Value)
            ? _rooms.SetState(room, connection, state)
            : BackplaneStatus.NoSuchConnection);
    }

    /// <summary>Ends upkeep and deliveries; once it completes, the edge is called no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _fanout.StopAsync();
    }

    private void Upkeep()
    {
        // A run that takes longer than the period is not overtaken by the next one.
        if (Interlocked.Exchange(ref _upkeepRuns, 1) != 0)
        {
            return;
        }

        long now = Now();
        while (_fanout.Deadlines.TryTakeDue(now, out FeedCell? cell, out long at))
        {
            switch (cell)
            {
                case RoomCell room:
                    _rooms.Upkeep(room, at, now);
                    break;
                case UserCell user:
                    _users.Upkeep(user, at, now);
                    break;
                case ConnectionCell connection:
                    Upkeep(connection, at, now);
                    break;
            }
        }

        Volatile.Write(ref _upkeepRuns, 0);
    }

    private void Upkeep(ConnectionCell cell, long at, long now)
    {
        bool ended;
        lock (cell)
        {
            ended = cell.Expires(at, now);
            cell.Settle();
        }

        if (ended)
        {
            Remove(cell, now);
        }
    }

    private void Remove(ConnectionCell cell, long now)
    {
        ConnectionId id = cell.Connection.Id;
        IReadOnlyList<RoomName> rooms;
        lock (cell)
        {
            if (cell.IsDropped)
            {
                return;
            }

            cell.IsDropped = true;
            rooms = cell.Connection.Rooms;
        }

        _connections.TryRemove(id.Value, out _);
        foreach (RoomName room in rooms)
        {
            _rooms.Leave(room, id, now);
        }

        _users.Remove(cell.User, id, now);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void CheckStarted()
    {
        ObjectDisposedException.ThrowIf(_fanout.IsStopped, this);
        if (!_fanout.HasEdge)
        {
            throw new InvalidOperationException($"{nameof(Attach)} comes first.");
        }
    }
}
