using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>The base library's WebSocket, with JSON, as a stream of an HTTP/2 connection behind TLS (RFC 8441), never anything else.</summary>
internal sealed class Http2Transport : ClientTransport
{
    // The sockets of all clients share the connections to an edge, as those of a browser's tabs do.
    private static readonly HttpMessageInvoker Invoker = new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = { RemoteCertificateValidationCallback = static (_, shown, _, _) => ContractCertificate.Is(shown) },
    });

    public override string Name => "websocket-http2";

    public override async Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns)
    {
        ClientWebSocket socket = new();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol("switchboard.v1.json");
        using CancellationTokenSource limit = new(Patience.Limit);
        await socket.ConnectAsync(Address(route.NextSecure(), "wss", "/ws", user), Invoker, limit.Token);

        // An upgrade is answered with 101, an extended CONNECT with 200.
        Assert.Equal(HttpStatusCode.OK, socket.HttpStatusCode);
        WebSocketLink link = new(socket);
        await link.SendAsync(connect.ToJsonString());
        return link;
    }
}
