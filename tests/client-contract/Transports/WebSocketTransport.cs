using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>The base library's WebSocket, with JSON.</summary>
internal sealed class WebSocketTransport : ClientTransport
{
    public override string Name => "websocket-json";

    public override async Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        using CancellationTokenSource limit = new(Patience.Limit);
        await socket.ConnectAsync(Address(route.Next(), "ws", "/ws", user), limit.Token);
        WebSocketLink link = new(socket);
        await link.SendAsync(connect.ToJsonString());
        return link;
    }
}
