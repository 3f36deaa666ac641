using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>The base library's WebSocket, with protobuf as Google's generated classes have it.</summary>
internal sealed class ProtobufTransport : ClientTransport
{
    public override string Name => "websocket-protobuf";

    public override async Task<IClientLink> OpenAsync(ClientRoute route, string user, JsonObject connect, ClientTurns turns)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.protobuf");
        using CancellationTokenSource limit = new(Patience.Limit);
        await socket.ConnectAsync(Address(route.Next(), "ws", "/ws", user), limit.Token);
        ProtobufLink link = new(socket);
        await link.SendAsync(connect.ToJsonString());
        return link;
    }
}
