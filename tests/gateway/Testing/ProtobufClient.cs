using System.Net.WebSockets;
using Google.Protobuf;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A client of the protocol in protobuf, on the base library's WebSocket and the generated classes.</summary>
internal sealed class ProtobufClient(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly TestClient _inner = new(socket);

    public TestClient Inner => _inner;

    public static async Task<ProtobufClient> OpenAsync(GatewayHost host, string user, bool deflate = false) =>
        new(await host.OpenAsync($"/ws?user={Uri.EscapeDataString(user)}", options =>
        {
            options.AddSubProtocol("switchboard.v1.protobuf");
            options.DangerousDeflateOptions = deflate ? new WebSocketDeflateOptions() : null;
        }));

    /// <summary>Opens a WebSocket, connects as a new connection and joins a room.</summary>
    public static async Task<ProtobufClient> JoinAsync(GatewayHost host, string user, string room, bool deflate = false)
    {
        ProtobufClient client = await OpenAsync(host, user, deflate);
        await client.SendAsync(new V1.ClientMessage { Id = 1, Connect = new V1.ConnectCommand() });
        Assert.Equal(user, (await client.NextAsync()).Welcome.User);
        await client.SendAsync(new V1.ClientMessage { Id = 2, Join = new V1.JoinCommand { Room = room } });
        Assert.Equal(room, (await client.NextAsync()).Joined.Room);
        return client;
    }

    public Task SendAsync(V1.ClientMessage message) => _inner.SendBinaryAsync(message.ToByteArray());

    /// <summary>The next message from the socket, which must be binary.</summary>
    public async Task<V1.ServerMessage> NextAsync()
    {
        (WebSocketMessageType type, byte[] bytes) = await _inner.ReceiveAsync();
        Assert.Equal(WebSocketMessageType.Binary, type);
        return V1.ServerMessage.Parser.ParseFrom(bytes);
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
