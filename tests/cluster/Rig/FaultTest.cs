using Switchboard.Contract.Harness;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Testing;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>A test that does harm to a cluster of its own. At its end, no edge may have been called against the rules.</summary>
public abstract class FaultTest : IAsyncLifetime
{
    /// <summary>Long enough for a client to come back in every test that does not wait for its end.</summary>
    protected static readonly TimeSpan LongGrace = TimeSpan.FromSeconds(30);

    /// <summary>How long the cluster takes an edge to be alive that it does not hear of.</summary>
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private static int _names;

    private FaultRig? _rig;

    private protected FaultRig Rig => _rig!;

    protected SwitchboardCluster Cluster => Rig.Cluster;

    protected TestEdge First => Rig.Edges[0];

    protected TestEdge Second => Rig.Edges[1];

    protected virtual int SiloCount => 2;

    protected virtual TimeSpan Grace => LongGrace;

    public async Task InitializeAsync() => _rig = await FaultRig.StartAsync(SiloCount, edges: 2, Grace, Lease);

    public async Task DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();
            Assert.Empty(_rig.Edges.SelectMany(edge => edge.TakeViolations()));
        }
    }

    protected static RoomName NewRoom(bool durable) =>
        new($"{(durable ? FaultRig.Durable : "room")}:{Interlocked.Increment(ref _names)}");

    protected static UserName NewUser() => new($"user-{Interlocked.Increment(ref _names)}");

    /// <summary>The silo that a room is on.</summary>
    protected async Task<int> SiloOfAsync(RoomName room) => (await Cluster.FindSiloAsync(room))!.Value;

    /// <summary>What the second edge claims of a connection that it holds.</summary>
    protected ConnectionClaim ClaimOf(TestConnection connection, params ClaimedRoom[] rooms) => new()
    {
        User = connection.User,
        Token = TokenHash.Of(connection.Token),
        Edge = Cluster.Edges[1].Node.Id,
        Attachment = connection.Attachment,
        UserSeen = connection.Positions.User!.Value,
        OwnSeen = connection.Positions.Own!.Value,
        Rooms = rooms,
    };

    /// <summary>A member of a room that is told who else is there.</summary>
    protected static async Task<TestConnection> JoinAsync(TestEdge edge, params RoomName[] rooms)
    {
        TestConnection connection = await edge.OpenAsync(NewUser());
        foreach (RoomName room in rooms)
        {
            await connection.JoinAsync(room, presence: true);
        }

        return connection;
    }
}
