using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Nodes;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Node.Cluster;

/// <summary>The cluster behind an Orleans client. Until it has one, the cluster is away.</summary>
internal sealed class ClientCluster : ICluster
{
    private const int OnlyOne = 0;

    private volatile IClusterClient? _client;

    public IEdgeRegistryGrain Registry => Client.GetGrain<IEdgeRegistryGrain>(OnlyOne);

    public IRoomListGrain Rooms => Client.GetGrain<IRoomListGrain>(OnlyOne);

    public IBanListGrain Bans => Client.GetGrain<IBanListGrain>(OnlyOne);

    public INodeListGrain Nodes => Client.GetGrain<INodeListGrain>(OnlyOne);

    private IClusterClient Client => _client ?? throw new ClusterAwayException("there is no connection to the cluster yet");

    /// <summary>Calls go through a client that is connected.</summary>
    public void Connect(IClusterClient client) => _client = client;

    public IConnectionGrain Connection(ConnectionId connection) => Client.GetGrain<IConnectionGrain>(connection.Value);

    public IRoomGrain Room(RoomName room) => Client.GetGrain<IRoomGrain>(room.Value);

    public IUserGrain User(UserName user) => Client.GetGrain<IUserGrain>(user.Value);

    public IEdgeSink Refer(IEdgeSink sink) => Client.CreateObjectReference<IEdgeSink>(sink);
}
