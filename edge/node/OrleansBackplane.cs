using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;
using Switchboard.Node.Feeds;
using Switchboard.Node.Leases;
using Switchboard.Node.Metrics;
using Switchboard.Node.Rooms;

namespace Switchboard.Node;

/// <summary>
/// The backplane of an edge in a cluster: calls grains through an Orleans client, and is called through sinks. Where
/// the cluster can't be reached or does not answer in time, calls return <see cref="BackplaneStatus.Unavailable"/>.
/// </summary>
public sealed class OrleansBackplane : IBackplane, IAsyncDisposable
{
    private const int SinkCount = 8;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly SwitchedCluster _cluster;
    private readonly NodeMetrics _metrics;
    private readonly EdgePort _port = new();
    private readonly FeedCursors _cursors = new();
    private readonly Endings _endings;
    private readonly ClaimSweep _sweep;
    private readonly EdgeSink[] _sinks;
    private readonly Attachments _attachments;
    private readonly Memberships _memberships;
    private readonly RoomPublishers _publishers;
    private readonly RoomCalls _rooms;
    private readonly DirectSends _sends;
    private int _stops;

    /// <summary>An edge that is not known to the cluster yet; <see cref="StartAsync"/> makes it so.</summary>
    /// <param name="client">A client that is connected, and stays so for as long as this is used.</param>
    /// <param name="name">What the edge is configured to be called; no two that run may have the same.</param>
    /// <param name="time">The clock and the timers.</param>
    /// <param name="loggers">Where is logged to; null for nowhere.</param>
    /// <param name="meters">Where is counted; null for a meter of its own.</param>
    public OrleansBackplane(
        IClusterClient client, string name, TimeProvider time, ILoggerFactory? loggers = null, IMeterFactory? meters = null)
        : this(Connected(client), name, time, new CryptoRandomSource(), loggers ?? NullLoggerFactory.Instance, meters)
    {
    }

    internal OrleansBackplane(
        ICluster cluster,
        string name,
        TimeProvider time,
        IRandomSource random,
        ILoggerFactory loggers,
        IMeterFactory? meters = null,
        PublishLimits? limits = null)
    {
        // 64 bits are enough to tell the runs of one edge apart.
        Id = new EdgeId($"{name}~{Epoch.Create(random)}");
        Name = name;
        _cluster = new SwitchedCluster(cluster);
        _metrics = new NodeMetrics(meters, time);
        Held = new HeldConnections(_cursors);
        _endings = new Endings(
            Id, _cluster, Held, time, Seeded(random), _metrics, loggers.CreateLogger<Endings>(), _stop.Token);
        Claims claims = new(Id, _cluster, Held, _cursors, _port, _endings, _metrics);
        _endings.OnDisowned = claims.ClaimAsync;
        _sweep = new ClaimSweep(Held, claims, time, Seeded(random), loggers.CreateLogger<ClaimSweep>(), _stop.Token);
        Tickets tickets = new(time);
        Inboxes inboxes = new(Id, _cluster, _cursors, tickets);
        _cursors.OnDropped = inboxes.Forget;
        Deliveries deliveries = new(_cursors, _port, _metrics);
        _sinks = [.. Enumerable.Range(0, SinkCount).Select(_ => new EdgeSink(deliveries, Held, _port, tickets, _cluster))];
        Lease = new Lease(Register, _cluster, _sweep, time, _metrics, loggers.CreateLogger<Lease>()) { OnSilosGone = inboxes.ForgetAll };
        ClusterCalls calls = new(claims, _metrics);
        _attachments = new Attachments(Id, _cluster, calls, Held, _cursors, _endings, random);
        _memberships = new Memberships(_cluster, calls, Held, _cursors);
        _rooms = new RoomCalls(_cluster, calls, Held);
        _sends = new DirectSends(_cluster, calls, _cursors);
        Admin = new OrleansAdmin(_cluster, calls, time);
        _publishers = new RoomPublishers(
            new RoomCaller(inboxes, claims, Held, _metrics),
            limits ?? PublishLimits.Default,
            new RepeatPolicy(time, random, () => _cluster.IsCut || Lease.IsAway, _stop.Token),
            _metrics);
    }

    /// <summary>Names this run of the edge: its name, "~" and random text.</summary>
    public EdgeId Id { get; }

    /// <summary>What the edge is configured to be called.</summary>
    public string Name { get; }

    /// <summary>Why clients should not be sent here; null where this edge is registered and its lease was renewed in time.</summary>
    public string? NotReady => _cluster.IsCut ? "this edge was cut off from the cluster" : Lease.NotReady;

    /// <summary>The silos that were alive when the lease was last renewed, by their names in the cluster.</summary>
    public IReadOnlyList<string> Silos => Lease.Silos;

    /// <summary>What a server may do.</summary>
    public IBackplaneAdmin Admin { get; }

    /// <summary>How many connections have their socket here.</summary>
    public int ConnectionCount => Held.Count;

    /// <summary>How many feeds are received here.</summary>
    public int FeedCount => _cursors.Count;

    internal Lease Lease { get; }

    internal HeldConnections Held { get; }

    internal IReadOnlyList<EdgeSink> Sinks => _sinks;

    internal int PublisherCount => _publishers.Count;

    private bool IsRegistered => Lease.Registered.IsCompleted;

    /// <summary>Begins to register, for as long as it takes, and to renew; completes once the edge is known.</summary>
    /// <exception cref="EdgeRefusedException">The cluster won't have this edge.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Lease.Start();
        Task first = await Task.WhenAny(Lease.Registered, Lease.Refused).WaitAsync(cancellationToken);
        if (first == Lease.Refused)
        {
            throw new EdgeRefusedException(await Lease.Refused);
        }
    }

    /// <summary>After the sockets were closed: tells the cluster what is left to tell, and ends the lease.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stops, 1) == 0)
        {
            await _endings.DrainAsync(DrainTime);
            await Lease.StopAsync();
            await _stop.CancelAsync();
            await Lease.UnregisterAsync();
        }
    }

    /// <summary>
    /// Dies, as a process does that is killed, as far as the cluster can see: nothing is called or answered any more, and
    /// the lease is left to end. The sockets are for the caller to cut.
    /// </summary>
    public async Task KillAsync()
    {
        _cluster.Cut();
        Interlocked.Exchange(ref _stops, 1);
        await _stop.CancelAsync();
        await Lease.StopAsync();
    }

    /// <summary>Stops, where that has not been done.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Lease.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    public void Attach(IEdge edge) => _port.Attach(edge);

    /// <summary>Opens a new connection for a user; Unavailable until this edge is registered, as nobody could call it.</summary>
    public ValueTask<OpenResult> OpenAsync(UserName user) => IsRegistered
        ? _attachments.OpenAsync(user)
        : new(new OpenResult(BackplaneStatus.Unavailable, default, 0, string.Empty, default, default));

    /// <inheritdoc/>
    public ValueTask<ResumeResult> ResumeAsync(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long turn = 0) => IsRegistered
        ? _attachments.ResumeAsync(user, token, userPosition, connectionPosition, turn)
        : new(new ResumeResult(BackplaneStatus.Unavailable, default, 0, [], default, default));

    /// <inheritdoc/>
    public ValueTask<OwnerResult> FindOwnerAsync(string token) => _attachments.FindOwnerAsync(token);

    /// <summary>Says that the socket is gone. What the cluster does not hear at once, it is told again later.</summary>
    public ValueTask DetachAsync(ConnectionId connection, long attachment) =>
        _attachments.EndAsync(EndingKind.Detach, connection, attachment);

    /// <summary>Ends the connection for good. What the cluster does not hear at once, it is told again later.</summary>
    public ValueTask CloseAsync(ConnectionId connection, long attachment) =>
        _attachments.EndAsync(EndingKind.Close, connection, attachment);

    /// <inheritdoc/>
    public ValueTask<ForwardResult> ForwardAsync(UserName user, string token, ReadOnlyMemory<byte> request) =>
        _attachments.ForwardAsync(user, token, request);

    /// <inheritdoc/>
    public ValueTask<JoinResult> JoinAsync(ConnectionId connection, RoomName room, JoinOptions options) =>
        _memberships.JoinAsync(connection, room, options);

    /// <inheritdoc/>
    public ValueTask<JoinResult> RejoinAsync(ConnectionId connection, RoomName room, Position? position) =>
        _memberships.RejoinAsync(connection, room, position);

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room) =>
        _memberships.LeaveAsync(connection, room);

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(RoomName room, in Publication publication) =>
        _publishers.PublishAsync(room, publication);

    /// <inheritdoc/>
    public ValueTask<PublishResult> SendAsync(UserName user, in Publication publication) =>
        _sends.SendAsync(user, publication);

    /// <inheritdoc/>
    public ValueTask<PublishResult> SendAsync(ConnectionId connection, in Publication publication) =>
        _sends.SendAsync(connection, publication);

    /// <inheritdoc/>
    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, FeedId feed, HistoryQuery query) =>
        _rooms.ReadAsync(reader, feed, query);

    /// <inheritdoc/>
    public ValueTask<PresenceResult> PresenceAsync(ConnectionId reader, RoomName room) =>
        _rooms.PresenceAsync(reader, room);

    /// <inheritdoc/>
    public ValueTask<BackplaneStatus> SetStateAsync(
        ConnectionId connection, RoomName room, ReadOnlyMemory<byte> state) =>
        _rooms.SetStateAsync(connection, room, state);

    private static ClientCluster Connected(IClusterClient client)
    {
        ClientCluster cluster = new();
        cluster.Connect(client);
        return cluster;
    }

    private static Random Seeded(IRandomSource random) => new((int)Epoch.Create(random).Value);

    private EdgeRegistration Register() => new()
    {
        Edge = Id,
        Name = Name,
        ContractVersion = Contract.Version,
        Sinks = [.. _sinks.Select(sink => _cluster.Refer(sink))],
    };
}
