namespace Switchboard.ClientContract.Transports;

/// <summary>Every way in which the client protocol travels: the columns of the table.</summary>
public static class ClientTransports
{
    /// <summary>WebSocket, JSON.</summary>
    public static readonly ClientTransport WebSocket = new WebSocketTransport();

    /// <summary>What passes through nginx: it has no extended CONNECT, so a WebSocket over HTTP/2 ends there.</summary>
    public static readonly IReadOnlyList<ClientTransport> ThroughNginx =
    [
        WebSocket,
        new ProtobufTransport(),
        new EventStreamTransport(),
        new PollingTransport("long-polling", wait: 20),
        new PollingTransport("polling", wait: 0),
    ];

    /// <summary>What passes through a proxy that keeps answers back until they are whole: no event streams.</summary>
    public static readonly IReadOnlyList<ClientTransport> ThroughBuffers =
        [WebSocket, .. ThroughNginx.Where(static transport => !transport.IsStreaming)];

    /// <summary>All.</summary>
    public static readonly IReadOnlyList<ClientTransport> All = [.. ThroughNginx, new Http2Transport()];

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> NamesOf(IEnumerable<ClientTransport> transports)
    {
        TheoryData<string> names = [];
        foreach (ClientTransport transport in transports)
        {
            names.Add(transport.Name);
        }

        return names;
    }

    /// <summary>
    /// From what to what a client moves: up to WebSocket once one gets through, down once it does not, and between the
    /// fallbacks.
    /// </summary>
    public static TheoryData<string, string> MovesAmong(IReadOnlyList<ClientTransport> transports)
    {
        TheoryData<string, string> moves = [];
        foreach (ClientTransport other in transports.Where(static transport => transport != WebSocket))
        {
            moves.Add(other.Name, WebSocket.Name);
            moves.Add(WebSocket.Name, other.Name);
        }

        if (transports.Any(static transport => transport.Name == "sse"))
        {
            moves.Add("sse", "long-polling");
            moves.Add("long-polling", "sse");
        }

        return moves;
    }

    /// <summary>One by its name.</summary>
    public static ClientTransport Get(string name) => All.Single(transport => transport.Name == name);
}
