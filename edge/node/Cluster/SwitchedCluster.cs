using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Nodes;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Node.Cluster;

/// <summary>A cluster that can be cut off: from then on nobody is called through it.</summary>
internal sealed class SwitchedCluster(ICluster cluster) : ICluster
{
    private volatile bool _isCut;

    public bool IsCut => _isCut;

    public IEdgeRegistryGrain Registry => Open.Registry;

    public IRoomListGrain Rooms => Open.Rooms;

    public IBanListGrain Bans => Open.Bans;

    public INodeListGrain Nodes => Open.Nodes;

    private ICluster Open => _isCut ? throw new ClusterAwayException("this edge was cut off from the cluster") : cluster;

    public void Cut() => _isCut = true;

    public IConnectionGrain Connection(ConnectionId connection) => Open.Connection(connection);

    public IRoomGrain Room(RoomName room) => Open.Room(room);

    public IUserGrain User(UserName user) => Open.User(user);

    /// <summary>A silo's inbox, unless the cluster was cut off.</summary>
    public ISiloInbox Through(ISiloInbox inbox)
    {
        _ = Open;
        return inbox;
    }

    public IEdgeSink Refer(IEdgeSink sink) => Open.Refer(sink);
}
