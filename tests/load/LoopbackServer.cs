using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Load.Tests;

/// <summary>A WebSocket server made of the base library's own, which does with each connection what a test
/// says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<WebSocket, CancellationToken, Task> _serve;
    private readonly string? _subprotocol;
    private readonly Task _accepting;

    public LoopbackServer(Func<WebSocket, CancellationToken, Task> serve, string? subprotocol = null)
    {
        _serve = serve;
        _subprotocol = subprotocol;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"ws://{_listener.LocalEndpoint}/");

    /// <summary>The next whole message, or null once the peer is gone.</summary>
    public static async Task<byte[]?> ReadAsync(WebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[100_000];
        var count = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(count), stop);
            count += part.Count;
            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Close ? null : buffer[..count];
            }
        }
    }

    public static Task SendAsync(WebSocket socket, string text, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = new StreamReader(stream, Encoding.ASCII);
                var key = "";
                while (await head.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                {
                    key = line.StartsWith("Sec-WebSocket-Key: ", StringComparison.Ordinal) ? line[19..] : key;
                }

#pragma warning disable CA5350 // The handshake's own hash.
                var accept = Convert.ToBase64String(
                    SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
                var protocol = _subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {_subprotocol}\r\n";
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                        $"Sec-WebSocket-Accept: {accept}\r\n{protocol}\r\n"),
                    _stop.Token);
                using var socket = WebSocket.CreateFromStream(
                    stream, isServer: true, _subprotocol, Timeout.InfiniteTimeSpan);
                await _serve(socket, _stop.Token);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or WebSocketException or IOException)
            {
                // The client is gone, or the test is over.
            }
        }
    }
}
