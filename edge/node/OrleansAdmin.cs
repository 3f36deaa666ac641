using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.Node.Cluster;

namespace Switchboard.Node;

/// <summary>What a server may do with the rooms, users and connections of a cluster.</summary>
internal sealed class OrleansAdmin(ICluster cluster, ClusterCalls calls, TimeProvider time) : IBackplaneAdmin
{
    private static readonly RoomPage NoRooms = new(BackplaneStatus.Unavailable, [], false, false);
    private static readonly HistoryResult NoHistory = new(BackplaneStatus.Unavailable, default, [], false);
    private static readonly UserView NoUser = new(BackplaneStatus.Unavailable, 0, [], false, null);
    private static readonly BanPage NoBans = new(BackplaneStatus.Unavailable, [], false);
    private static readonly NodeList NoNodes = new(BackplaneStatus.Unavailable, [], false);
    private static readonly DisconnectResult Unknown = new(BackplaneStatus.Unavailable, 0);

    public ValueTask<RoomPage> ListRoomsAsync(RoomQuery query) =>
        calls.CallAsync(() => cluster.Rooms.ListAsync(query.Pattern, query.After, query.Limit), NoRooms);

    public ValueTask<RoomView> InspectAsync(RoomName room, string? after, int limit) => calls.CallAsync(
        () => cluster.Room(room).InspectAsync(after, limit), RoomView.Refuse(BackplaneStatus.Unavailable));

    public ValueTask<HistoryResult> ReadAsync(RoomName room, HistoryQuery query) =>
        calls.CallAsync(() => cluster.Room(room).ReadForServerAsync(query), NoHistory);

    public ValueTask<UserView> InspectAsync(UserName user, string? after, int limit) =>
        calls.CallAsync(() => cluster.User(user).InspectAsync(after, limit), NoUser);

    public ValueTask<ConnectionView> InspectAsync(ConnectionId connection) => calls.CallAsync(
        () => cluster.Connection(connection).InspectAsync(), ConnectionView.Refuse(BackplaneStatus.Unavailable));

    public ValueTask<BackplaneStatus> JoinAsync(
        ConnectionId connection, RoomName room, bool presence, ReadOnlyMemory<byte> state) => calls.CallAsync(
        () => cluster.Connection(connection).JoinForServerAsync(room, new JoinOptions(null, presence, state)),
        BackplaneStatus.Unavailable);

    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, RoomName room, string reason) => calls.CallAsync(
        () => cluster.Connection(connection).LeaveForServerAsync(room, reason), BackplaneStatus.Unavailable);

    public ValueTask<BackplaneStatus> DisconnectAsync(ConnectionId connection) => calls.CallAsync(
        () => cluster.Connection(connection).EndAsync(Core.Connections.DisconnectReason.Kicked), BackplaneStatus.Unavailable);

    public ValueTask<DisconnectResult> DisconnectAsync(UserName user) =>
        calls.CallAsync(() => cluster.User(user).EndAllAsync(), Unknown);

    /// <summary>The list comes first: a ban that is not on it would be lost with the user's grain.</summary>
    public ValueTask<DisconnectResult> BanAsync(UserName user, TimeSpan length, string reason)
    {
        Ban ban = new(user, time.GetUtcNow().Add(length).ToUnixTimeMilliseconds(), reason);
        return calls.CallAsync(
            async () =>
            {
                BackplaneStatus status = await cluster.Bans.BanAsync(ban);
                return status == BackplaneStatus.Ok
                    ? await cluster.User(user).SetBanAsync(ban)
                    : new DisconnectResult(status, 0);
            },
            Unknown);
    }

    public ValueTask<BackplaneStatus> UnbanAsync(UserName user) => calls.CallAsync(
        async () =>
        {
            BackplaneStatus status = await cluster.Bans.UnbanAsync(user);
            return status == BackplaneStatus.Ok ? (await cluster.User(user).SetBanAsync(null)).Status : status;
        },
        BackplaneStatus.Unavailable);

    public ValueTask<BanPage> ListBansAsync(string? after, int limit) =>
        calls.CallAsync(() => cluster.Bans.ListAsync(after, limit), NoBans);

    public ValueTask<NodeList> ListNodesAsync() => calls.CallAsync(() => cluster.Nodes.ListAsync(), NoNodes);

    public ValueTask<ConnectionPage> ListConnectionsAsync(string node, string? after, int limit) => calls.CallAsync(
        () => cluster.Nodes.ListConnectionsAsync(node, after, limit), ConnectionPage.Refuse(BackplaneStatus.Unavailable));

    public ValueTask<BackplaneStatus> DrainAsync(string node) =>
        calls.CallAsync(() => cluster.Nodes.DrainAsync(node), BackplaneStatus.Unavailable);
}
