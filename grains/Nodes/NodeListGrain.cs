using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Nodes;

namespace Switchboard.Grains.Nodes;

/// <summary>
/// Asks all nodes how they are, the edges through their sinks. Nothing is kept: a cluster that nobody looks at does
/// nothing for it, and calls need not wait for one another.
/// </summary>
/// <remarks>
/// Not a stateless worker: an edge's answer comes in through any gateway, which looks for the grain that asked, and would
/// find a worker of its own.
/// </remarks>
[Reentrant]
[GrainType("switchboard.nodes")]
internal sealed partial class NodeListGrain(IClusterMembershipService membership, ILogger<NodeListGrain> logger)
    : Grain, INodeListGrain
{
    private IEdgeRegistryGrain Registry => GrainFactory.GetGrain<IEdgeRegistryGrain>(0);

    public async ValueTask<NodeList> ListAsync()
    {
        Task<NodeView>[] silos =
        [
            .. membership.CurrentSnapshot.Members.Values
                .Where(static member => member.Status != SiloStatus.Dead && member.Status != SiloStatus.None)
                .Select(ViewAsync),
        ];
        EdgeList? edges = await AskAsync<EdgeList?>("the registry of edges", async () => await Registry.ListAsync());
        NodeView[] views =
        [
            .. await Task.WhenAll((edges?.Edges ?? []).Select(ViewAsync)),
            .. await Task.WhenAll(silos),
        ];
        return new NodeList(
            BackplaneStatus.Ok,
            [.. views.Select(view => view with { CanDrain = CanDrain(view, views) })
                .OrderBy(static view => view.Kind).ThenBy(static view => view.Name, StringComparer.Ordinal)],
            edges is { IsComplete: true });
    }

    public async ValueTask<ConnectionPage> ListConnectionsAsync(string node, string? after, int limit) =>
        await FindEdgeAsync(node) is { } edge
            ? await AskAsync(node, () => edge.ConnectionsAsync(after, limit))
                ?? ConnectionPage.Refuse(BackplaneStatus.Unavailable)
            : ConnectionPage.Refuse(BackplaneStatus.NoSuchNode);

    public async ValueTask<BackplaneStatus> DrainAsync(string node)
    {
        NodeList list = await ListAsync();
        if (list.Nodes.FirstOrDefault(view => view.Node == node) is not { } found)
        {
            return list.IsComplete ? BackplaneStatus.NoSuchNode : BackplaneStatus.Unavailable;
        }

        if (found.State == NodeState.Draining)
        {
            return BackplaneStatus.Ok;
        }

        if (!found.CanDrain)
        {
            return found.State == NodeState.Silent ? BackplaneStatus.Unavailable : BackplaneStatus.LastNode;
        }

        bool begun = found.Kind == NodeKind.Silo
            ? await AskAsync(node, () => OnSilo(SiloAddress.FromParsableString(node)).DrainAsync().AsTask())
            : await FindEdgeAsync(node) is { } edge && await AskAsync(node, async () =>
            {
                await edge.DrainAsync();
                return true;
            });
        LogDrain(logger, node, begun);
        return begun ? BackplaneStatus.Ok : BackplaneStatus.Unavailable;
    }

    // Somebody has to take over what the node holds.
    private static bool CanDrain(NodeView view, NodeView[] all) =>
        view.State == NodeState.Ready
        && all.Any(other => other.Kind == view.Kind && other.Node != view.Node && other.State == NodeState.Ready);

    private async Task<NodeView> ViewAsync(ClusterMember member)
    {
        string node = member.SiloAddress.ToParsableString();
        NodeReport? report = member.Status == SiloStatus.Active
            ? await AskAsync(node, () => OnSilo(member.SiloAddress).ReportAsync().AsTask())
            : null;
        NodeState otherwise = member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping ? NodeState.Draining : NodeState.Silent;
        return View(node, NodeKind.Silo, member.Name, report, otherwise);
    }

    private async Task<NodeView> ViewAsync(ListedEdge edge)
    {
        string node = edge.Edge.Value;
        NodeReport? report = await AskAsync(node, edge.Sinks[0].ReportAsync);
        int end = node.LastIndexOf('~');
        return View(node, NodeKind.Edge, end < 0 ? node : node[..end], report, NodeState.Silent);
    }

    private static NodeView View(string node, NodeKind kind, string name, NodeReport? report, NodeState otherwise) => new(
        node,
        kind,
        name,
        report?.Address ?? string.Empty,
        report?.Version ?? string.Empty,
        report?.Started ?? 0,
        report is null ? otherwise : report.IsDraining ? NodeState.Draining : NodeState.Ready,
        CanDrain: false,
        report?.Figures);

    private INodeGrain OnSilo(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        return GrainFactory.GetGrain<INodeGrain>(silo.ToParsableString());
    }

    private async ValueTask<IEdgeSink?> FindEdgeAsync(string node) =>
        (await Registry.ListAsync()).Edges.FirstOrDefault(edge => edge.Edge.Value == node)?.Sinks[0];

    // A node that fails must not hide the others.
    private async Task<T?> AskAsync<T>(string node, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return default;
        }
        catch (Exception exception)
        {
            LogFailed(logger, node, exception);
            return default;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Node {Node} is to be drained: {Begun}")]
    private static partial void LogDrain(ILogger logger, string node, bool begun);

    [LoggerMessage(2, LogLevel.Warning, "Node {Node} failed to say how it is; it may be of another release")]
    private static partial void LogFailed(ILogger logger, string node, Exception exception);
}
