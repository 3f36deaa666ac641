using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What happens to nodes while Ann, on the first edge, and Bob, on the second, talk.</summary>
internal static class NodeScenarios
{
    /// <summary>Ann's edge is killed; she goes on over the other.</summary>
    public static Task EdgeKilledAsync(Stage stage) =>
        PlayAsync(stage, cluster => cluster.Edges[0].KillAsync(), party => party.HoldsAsync());

    /// <summary>Ann's edge is stopped by its operator; she goes on over the other.</summary>
    public static Task EdgeDrainingAsync(Stage stage) => PlayAsync(
        stage,
        async cluster => Assert.Equal(0, await cluster.Edges[0].StopAsync()),
        party => party.HoldsAsync());

    /// <summary>A silo is killed: what is in memory there may be lost, if that is told.</summary>
    public static Task SiloKilledAsync(Stage stage) =>
        PlayAsync(stage, cluster => cluster.Silos[1].KillAsync(), SurvivesAsync);

    /// <summary>All nodes are killed, and started again: what is in memory may be lost, if that is told.</summary>
    public static Task ClusterRestartedAsync(Stage stage) => PlayAsync(
        stage,
        async cluster =>
        {
            await Task.WhenAll([.. cluster.Edges.Concat(cluster.Silos).Select(node => node.KillAsync())]);
            await cluster.StartNodesAsync();
        },
        SurvivesAsync);

    private static Task SurvivesAsync(Party party) => party.HoldsAsync(Losses.Told);

    // Before, while a node is away, and when all are back, everybody can talk.
    private static async Task PlayAsync(Stage stage, Func<ScenarioCluster, Task> breakAsync, Func<Party, Task> checkAsync)
    {
        await stage.EachAsync(async party =>
        {
            await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
            await party.TalkAsync();
        });
        await breakAsync(stage.Cluster);
        await stage.EachAsync(party => party.GoOnAsync());
        await stage.Cluster.StartNodesAsync();
        await stage.EachAsync(async party =>
        {
            await party.GoOnAsync();
            await checkAsync(party);
        });
    }
}
