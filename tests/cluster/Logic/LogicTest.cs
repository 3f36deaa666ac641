using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Contract.Harness;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.GrainInterfaces.Rooms.Logic;
using Switchboard.Testing;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>A cluster of two silos and two edges in which rooms named "logic:…" have a <see cref="TestLogic"/>.</summary>
public abstract class LogicTest : IAsyncLifetime
{
    private SwitchboardCluster? _cluster;

    protected SwitchboardCluster Cluster => _cluster!;

    protected RoomName Room { get; } = new("logic:1");

    protected TestEdge First { get; private set; } = null!;

    protected TestEdge Second { get; private set; } = null!;

    private protected Journal Journal { get; } = new();

    private protected IRoomLogicGrain Logic =>
        Cluster.GrainFactory.GetGrain<IRoomLogicGrain>(GrainId.Create(TestLogic.Type, Room.Value));

    public async Task InitializeAsync()
    {
        _cluster = await SwitchboardCluster.StartAsync(silos: 2, edges: 2, options =>
        {
            options.ServesClients = false;
            options.ResponseTimeout = TimeSpan.FromSeconds(2);
            options.Grains.EdgeLease = TimeSpan.FromSeconds(2);
            options.Grains.Rooms.Kinds.Add(
                new RoomKind { Pattern = "logic:*", Options = new RoomOptions { Logic = TestLogic.Type } });
            options.ConfigureSilo = silo => silo.Services.AddSingleton(Journal);
            Configure(options);
        });
        First = new TestEdge(Cluster.Edges[0].Backplane);
        Second = new TestEdge(Cluster.Edges[1].Backplane);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    protected virtual void Configure(SwitchboardClusterOptions options)
    {
    }

    protected async Task<TestConnection> JoinAsync(TestEdge edge, string user)
    {
        TestConnection connection = await edge.OpenAsync(new UserName(user));
        await connection.JoinAsync(Room);
        return connection;
    }

    /// <summary>Brings the logic up on a silo before its room is there.</summary>
    protected async Task PlaceLogicAsync(int silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, Cluster.Silos[silo].Address);
        RoomTurnAnswer answer = await Logic.TakeTurnAsync(new RoomTurn { Life = new Epoch(1), First = 1, Notices = [] });
        RequestContext.Clear();
        Assert.True(answer.NeedsMembers);
        Assert.Equal(silo, await Cluster.FindSiloAsync(Logic));
    }
}
