using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>One WebSocket, with JSON unless it is derived from.</summary>
internal class WebSocketLink(ClientWebSocket socket) : IClientLink
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public int? CloseCode => (int?)socket.CloseStatus;

    public async Task SendAsync(string command)
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        (WebSocketMessageType type, byte[] bytes) = Encode(command);
        await socket.SendAsync(bytes, type, true, limit.Token);
    }

    public async ValueTask<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        while (true)
        {
            WebSocketReceiveResult result = await socket.ReceiveAsync(_buffer, cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(_buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Decode(whole.ToArray());
            }
        }
    }

    public void Retire()
    {
        // It begins nothing by itself.
    }

    public void Drop() => socket.Abort();

    public async Task CloseAsync()
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        while (await ReceiveAsync(limit.Token) is not null)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    /// <summary>A command as it goes out.</summary>
    protected virtual (WebSocketMessageType Type, byte[] Bytes) Encode(string command) =>
        (WebSocketMessageType.Text, Encoding.UTF8.GetBytes(command));

    /// <summary>An event as it came in.</summary>
    protected virtual JsonElement Decode(byte[] bytes) => JsonDocument.Parse(bytes).RootElement;
}
