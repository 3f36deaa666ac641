using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;

namespace Switchboard.Core.InProcess;

/// <summary>
/// The backplane in one process: a shell that locks and calls the rules. Every call completes synchronously,
/// but for a publish to a feed whose deliveries have to catch up first, and what waits for a durable room's store. What
/// the edge is to be told, it is told from the thread pool, never on the caller's stack; only
/// <see cref="IEdge.Disconnect"/> is called within a resume, and <see cref="IEdge.Receive"/> where it is asked for.
/// </summary>
public sealed class InProcessBackplane : IBackplane, IAsyncDisposable
{
    private static readonly TimeSpan UpkeepPeriod = TimeSpan.FromSeconds(1);

    private readonly Fanout _fanout;
    private readonly RoomDirectory _rooms;
    private readonly UserDirectory _users;
    private readonly ConnectionDirectory _connections;
    private readonly Memberships _memberships;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _upkeepRuns;

    /// <summary>Begins empty, and looks once a second for what has expired.</summary>
    /// <param name="options">Not to be changed any more.</param>
    /// <param name="time">The clock and the timer.</param>
    /// <param name="random">Ids, epochs and secrets; null for the operating system's.</param>
    /// <param name="store">Where durable rooms are kept; the caller's to dispose of. Null for nowhere.</param>
    /// <param name="observer">Hears of connections and rooms as a whole; null for nobody.</param>
    /// <exception cref="ArgumentException">The options are out of bounds; the message names every field.</exception>
    public InProcessBackplane(
        InProcessOptions options,
        TimeProvider time,
        IRandomSource? random = null,
        IFeedStore? store = null,
        IBackplaneObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        string problems = string.Join("; ", options.Validate(store is not null));
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        random ??= new CryptoRandomSource();
        _time = time;
        _fanout = new Fanout(exception => UnobservedFailure?.Invoke(exception));
        _rooms = new RoomDirectory(options.Rooms, random, _fanout, store, time, observer);
        _users = new UserDirectory(options.UserFeed, random, _fanout);
        _connections = new ConnectionDirectory(options.Connections, random, _fanout, _rooms, _users, observer);
        _memberships = new Memberships(_connections, _rooms);
        Admin = new InProcessAdmin(_rooms, _users, _connections, _memberships, _fanout, time);
        _timer = time.CreateTimer(
            static backplane => ((InProcessBackplane)backplane!).Upkeep(), this, UpkeepPeriod, UpkeepPeriod);
    }

    /// <summary>
    /// An exception that the edge threw, which it must not: that one call is lost, the feed goes on with the next.
    /// Raised where the edge was called, so a handler must be quick and must not throw.
    /// </summary>
    public event Action<Exception>? UnobservedFailure;

    /// <summary>What a server may do. Only once an edge is attached. Bans are lost with the process.</summary>
    public IBackplaneAdmin Admin { get; }

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
        return new(_connections.Open(user, Now()));
    }

    /// <inheritdoc/>
    public ValueTask<ResumeResult> ResumeAsync(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long turn = 0)
    {
        CheckStarted();
        return new(_connections.Resume(user, token, userPosition, connectionPosition, turn, Now()));
    }

    /// <inheritdoc/>
    public ValueTask DetachAsync(ConnectionId connection, long attachment)
    {
        CheckStarted();
        _connections.Detach(connection, attachment, Now());
        return default;
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(ConnectionId connection, long attachment)
    {
        CheckStarted();
        _connections.Close(connection, attachment, Now());
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<OwnerResult> FindOwnerAsync(string token)
    {
        CheckStarted();
        return new(_connections.FindOwner(token, Now()));
    }

    /// <inheritdoc/>
    public ValueTask<ForwardResult> ForwardAsync(UserName user, string token, ReadOnlyMemory<byte> request)
    {
        CheckStarted();
        return new(_connections.Forward(user, token, request, Now()));
    }

    /// <summary>
    /// Joins a room. A connection in its grace period may join too: it receives the room once it is resumed.
    /// </summary>
    public ValueTask<JoinResult> JoinAsync(ConnectionId connection, RoomName room, JoinOptions options)
    {
        CheckStarted();
        return _memberships.Join(connection, room, options, Now());
    }

    /// <inheritdoc/>
    public ValueTask<JoinResult> RejoinAsync(ConnectionId connection, RoomName room, Position? position)
    {
        CheckStarted();
        return new(_memberships.Rejoin(connection, room, position, Now()));
    }

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room)
    {
        CheckStarted();
        return new(_memberships.Leave(connection, room, Now()));
    }

    /// <summary>Publishes to a room that the sender is a member of. The server itself need not be one.</summary>
    public ValueTask<PublishResult> PublishAsync(RoomName room, in Publication publication)
    {
        CheckStarted();
        return _rooms.Publish(room, publication, Now());
    }

    /// <summary>
    /// Sends to all connections of a user. Where none is left, the message is still kept for the next one while
    /// something earlier is; else NoSuchConnection.
    /// </summary>
    public ValueTask<PublishResult> SendAsync(UserName user, in Publication publication)
    {
        CheckStarted();
        return _users.Send(user, publication, Now());
    }

    /// <summary>Sends to one connection; in its grace period the message is kept for its resume.</summary>
    public ValueTask<PublishResult> SendAsync(ConnectionId connection, in Publication publication)
    {
        CheckStarted();
        return _connections.Send(connection, publication, Now());
    }

    /// <inheritdoc/>
    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, FeedId feed, HistoryQuery query)
    {
        CheckStarted();
        long now = Now();
        if (!_connections.TryFind(reader, out ConnectionCell? cell))
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
        return new(_connections.TryFind(reader, out _)
            ? _rooms.Presence(room, reader)
            : new PresenceResult(BackplaneStatus.NoSuchConnection, null));
    }

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> SetStateAsync(
        ConnectionId connection, RoomName room, ReadOnlyMemory<byte> state)
    {
        CheckStarted();
        return new(_connections.TryFind(connection, out _)
            ? _rooms.SetState(room, connection, state)
            : BackplaneStatus.NoSuchConnection);
    }

    /// <summary>Ends upkeep and deliveries; once it completes, none is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _rooms.DrainAsync();
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
                    _connections.Upkeep(connection, at, now);
                    break;
            }
        }

        Volatile.Write(ref _upkeepRuns, 0);
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
