using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Standalone.Tests;

/// <summary>The base library's client against the running program.</summary>
public sealed class ClientWebSocketTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("grüße, κόσμε 🌍 ", 50));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ClientWebSocket_GetsEverythingBack(bool deflate, bool contextTakeover)
    {
        using ClientWebSocket socket = new();
        socket.Options.DangerousDeflateOptions = !deflate ? null : new WebSocketDeflateOptions
        {
            ServerContextTakeover = contextTakeover,
            ClientContextTakeover = contextTakeover,
            ServerMaxWindowBits = contextTakeover ? 15 : 10,
        };
        await socket.ConnectAsync(new Uri(server.WebSocketAddress, "/echo"), CancellationToken.None);
        byte[] blob = RandomNumberGenerator.GetBytes(1 << 20);
        byte[] text = Encoding.UTF8.GetBytes(Text);

        await ExchangeAsync(socket, [], WebSocketMessageType.Text);
        await ExchangeAsync(socket, "short"u8.ToArray(), WebSocketMessageType.Text);
        await ExchangeAsync(socket, text, WebSocketMessageType.Text);
        await ExchangeAsync(socket, [0, 255], WebSocketMessageType.Binary);
        await ExchangeAsync(socket, blob, WebSocketMessageType.Binary);
        await ExchangeAsync(socket, text, WebSocketMessageType.Text, fragment: 7);
        await ExchangeAsync(socket, blob, WebSocketMessageType.Binary, fragment: 65_536);

        await socket.CloseAsync((WebSocketCloseStatus)4321, "done", CancellationToken.None);
        Assert.Equal(4321, (int)socket.CloseStatus!);
    }

    [Fact]
    public async Task Echo_OfAMessageOf64MiB_ComesBackWhole()
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(server.WebSocketAddress, "/echo"), CancellationToken.None);

        await ExchangeAsync(socket, RandomNumberGenerator.GetBytes(64 << 20), WebSocketMessageType.Binary, fragment: 1 << 20);
    }

    private static async Task ExchangeAsync(
        ClientWebSocket socket, byte[] message, WebSocketMessageType type, int fragment = int.MaxValue)
    {
        Task sending = SendAsync(socket, message, type, fragment);
        using MemoryStream back = new();
        byte[] buffer = new byte[256 * 1024];
        WebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            back.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);

        await sending;
        Assert.Equal(type, result.MessageType);
        Assert.True(back.ToArray().AsSpan().SequenceEqual(message));
    }

    private static async Task SendAsync(ClientWebSocket socket, byte[] message, WebSocketMessageType type, int fragment)
    {
        int sent = 0;
        do
        {
            int size = Math.Min(fragment, message.Length - sent);
            await socket.SendAsync(
                message.AsMemory(sent, size), type, sent + size == message.Length, CancellationToken.None);
            sent += size;
        }
        while (sent < message.Length);
    }
}
