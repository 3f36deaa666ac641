using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Nodes;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Node.Cluster;

/// <summary>The grains that an edge calls, by their keys, and how it can be called itself.</summary>
internal interface ICluster
{
    IEdgeRegistryGrain Registry { get; }

    IRoomListGrain Rooms { get; }

    IBanListGrain Bans { get; }

    INodeListGrain Nodes { get; }

    IConnectionGrain Connection(ConnectionId connection);

    IRoomGrain Room(RoomName room);

    IUserGrain User(UserName user);

    /// <summary>What the cluster calls a sink by; the sink itself is for the caller to keep.</summary>
    IEdgeSink Refer(IEdgeSink sink);
}
