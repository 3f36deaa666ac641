using System.Collections.Concurrent;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Nodes;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Grains that do what a test tells them to.</summary>
internal sealed class FakeCluster : ICluster
{
    private readonly ConcurrentDictionary<string, FakeConnection> _connections = new();
    private readonly ConcurrentDictionary<string, FakeRoom> _rooms = new();
    private readonly ConcurrentDictionary<string, FakeUser> _users = new();

    public FakeRegistry Edges { get; } = new();

    /// <summary>What every call ends with; null for nothing.</summary>
    public Exception? Fault { get; set; }

    public IEnumerable<FakeConnection> Connections => _connections.Values;

    public IEdgeRegistryGrain Registry
    {
        get
        {
            Check();
            return Edges;
        }
    }

    public IRoomListGrain Rooms => throw new NotSupportedException("no test of an edge alone lists rooms");

    public IBanListGrain Bans => throw new NotSupportedException("no test of an edge alone bans");

    public INodeListGrain Nodes => throw new NotSupportedException("no test of an edge alone lists nodes");

    public IConnectionGrain Connection(ConnectionId connection)
    {
        Check();
        return ConnectionOf(connection);
    }

    public IRoomGrain Room(RoomName room)
    {
        Check();
        return RoomOf(room);
    }

    public IUserGrain User(UserName user)
    {
        Check();
        return _users.GetOrAdd(user.Value, static _ => new FakeUser());
    }

    public IEdgeSink Refer(IEdgeSink sink) => sink;

    public FakeConnection ConnectionOf(ConnectionId connection) =>
        _connections.GetOrAdd(connection.Value, id => new FakeConnection(new ConnectionId(id)));

    public FakeRoom RoomOf(RoomName room) => _rooms.GetOrAdd(room.Value, static _ => new FakeRoom());

    private void Check()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }
}
