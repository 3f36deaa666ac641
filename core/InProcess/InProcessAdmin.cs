using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Core.InProcess;

/// <summary>What a server may do with the rooms, users and connections of the process. Bans are lost with it.</summary>
internal sealed class InProcessAdmin(
    RoomDirectory rooms,
    UserDirectory users,
    ConnectionDirectory connections,
    Memberships memberships,
    Fanout fanout,
    TimeProvider time) : IBackplaneAdmin
{
    private const string OnlyNode = "standalone";

    private readonly Lock _gate = new();
    private readonly BanList _bans = new([]);

    public ValueTask<RoomPage> ListRoomsAsync(RoomQuery query)
    {
        IReadOnlyList<RoomSummary> page = query.Take(rooms.All, out bool more);
        return new(new RoomPage(BackplaneStatus.Ok, page, more, IsComplete: true));
    }

    public ValueTask<RoomView> InspectAsync(RoomName room, string? after, int limit) =>
        rooms.AskAsync(room, asked => asked.Inspect(after, limit), RoomView.Refuse);

    public ValueTask<HistoryResult> ReadAsync(RoomName room, HistoryQuery query) => rooms.AskAsync(
        room, asked => asked.Read(query, Now()), static status => new HistoryResult(status, default, [], false));

    public ValueTask<UserView> InspectAsync(UserName user, string? after, int limit) =>
        new(users.Inspect(user, after, limit, Now()));

    public ValueTask<ConnectionView> InspectAsync(ConnectionId connection) => new(connections.Inspect(connection, Now()));

    public async ValueTask<BackplaneStatus> JoinAsync(
        ConnectionId connection, RoomName room, bool presence, ReadOnlyMemory<byte> state)
    {
        JoinOptions options = new(null, presence, state);
        return connections.HolderOf(connection) is { } holder
            ? await fanout.Called.JoinAsync(connection, holder.Number, room, options)
            : (await memberships.Join(connection, room, options, Now())).Status;
    }

    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room, string reason) =>
        connections.HolderOf(connection) is { } holder
            ? fanout.Called.LeaveAsync(connection, holder.Number, room, reason)
            : new(memberships.Leave(connection, room, Now()));

    public ValueTask<BackplaneStatus> DisconnectAsync(ConnectionId connection) => new(
        connections.End(connection, DisconnectReason.Kicked, Now()) ? BackplaneStatus.Ok : BackplaneStatus.NoSuchConnection);

    public ValueTask<DisconnectResult> DisconnectAsync(UserName user) =>
        new(End(users.ConnectionsOf(user), DisconnectReason.Kicked));

    public ValueTask<DisconnectResult> BanAsync(UserName user, TimeSpan length, string reason)
    {
        long now = Now();
        Ban ban = new(user, now + (long)length.TotalMilliseconds, reason);
        IReadOnlyList<ConnectionId> ids;
        lock (_gate)
        {
            if (!_bans.TryAdd(ban, now))
            {
                return new(new DisconnectResult(BackplaneStatus.TooManyBans, 0));
            }

            ids = users.SetBan(user, ban, now);
        }

        return new(End(ids, DisconnectReason.Banned));
    }

    public ValueTask<BackplaneStatus> UnbanAsync(UserName user)
    {
        lock (_gate)
        {
            _bans.Remove(user, Now());
            users.SetBan(user, null, Now());
        }

        return new(BackplaneStatus.Ok);
    }

    public ValueTask<BanPage> ListBansAsync(string? after, int limit)
    {
        lock (_gate)
        {
            return new(_bans.List(after, limit, Now()));
        }
    }

    /// <summary>The only node: its rooms are those of the process, whoever is in them.</summary>
    public ValueTask<NodeList> ListNodesAsync()
    {
        NodeReport report = fanout.Called.Report();
        NodeView node = new(
            OnlyNode,
            NodeKind.Standalone,
            OnlyNode,
            report.Address,
            report.Version,
            report.Started,
            NodeState.Ready,
            CanDrain: false,
            report.Figures with { Rooms = rooms.Count });
        return new(new NodeList(BackplaneStatus.Ok, [node], IsComplete: true));
    }

    public ValueTask<ConnectionPage> ListConnectionsAsync(string node, string? after, int limit) => new(node == OnlyNode
        ? fanout.Called.ListConnections(after, limit)
        : ConnectionPage.Refuse(BackplaneStatus.NoSuchNode));

    public ValueTask<BackplaneStatus> DrainAsync(string node) =>
        new(node == OnlyNode ? BackplaneStatus.LastNode : BackplaneStatus.NoSuchNode);

    private DisconnectResult End(IReadOnlyList<ConnectionId> ids, DisconnectReason reason) =>
        new(BackplaneStatus.Ok, ids.Count(id => connections.End(id, reason, Now())));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
