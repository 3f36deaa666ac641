using Switchboard.Core.Backplane;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;
using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Nodes: what they count, who is connected to them, and how they are emptied.</summary>
internal sealed class NodeRoutes(IBackplaneAdmin admin, TimeProvider time)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/nodes", ApiKeyRole.Admin, ListAsync),
        new("GET", "/connections", ApiKeyRole.Admin, ListConnectionsAsync),
        new("POST", "/drain", ApiKeyRole.Admin, DrainAsync),
    ];

    private async ValueTask<ApiAnswer> ListAsync(ApiRequest request)
    {
        NodeList list = await admin.ListNodesAsync();
        return list.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new NodesAnswer(
                    time.GetUtcNow().ToUnixTimeMilliseconds(), [.. list.Nodes.Select(Describe)], list.IsComplete),
                ApiJson.Default.NodesAnswer)
            : ApiProblem.For(list.Status);
    }

    private async ValueTask<ApiAnswer> ListConnectionsAsync(ApiRequest request)
    {
        string node = request.Fields.Node(request.Parameter("node"));
        string? after = request.Parameter("after");
        int limit = request.Fields.Limit(request.Parameter("limit"), ApiLimits.MaxPage, ApiLimits.Page);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        ConnectionPage page = await admin.ListConnectionsAsync(node, after, limit);
        return page.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new ConnectionsAnswer(
                    node,
                    [.. page.Connections.Select(static one => new NodeConnectionItem(one.Connection.Value, one.User.Value))],
                    page.More ? page.Connections[^1].Connection.Value : null),
                ApiJson.Default.ConnectionsAnswer)
            : ApiProblem.For(page.Status);
    }

    private async ValueTask<ApiAnswer> DrainAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.DrainBody, out DrainBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        string node = request.Fields.Node(body.Node);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        BackplaneStatus status = await admin.DrainAsync(node);
        return status == BackplaneStatus.Ok ? ApiAnswer.Done : ApiProblem.For(status);
    }

    private static NodeItem Describe(NodeView node) => new(
        node.Node,
        node.Kind.ToString().ToLowerInvariant(),
        node.Name,
        node.State.ToString().ToLowerInvariant(),
        node.CanDrain,
        node.Address.Length == 0 ? null : node.Address,
        node.Version.Length == 0 ? null : node.Version,
        node.Started == 0 ? null : node.Started,
        node.Figures is null ? null : Describe(node.Figures));

    private static FiguresItem Describe(NodeFigures figures) => new(
        figures.Connections,
        figures.Rooms,
        figures.Activations,
        figures.Received,
        figures.Sent,
        figures.Dropped,
        figures.Lost,
        figures.Refused,
        figures.Memory,
        (long)figures.Cpu.TotalMilliseconds);
}
