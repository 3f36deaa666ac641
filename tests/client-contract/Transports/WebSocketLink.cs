using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>One WebSocket.</summary>
internal sealed class WebSocketLink(ClientWebSocket socket) : IClientLink
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public int? CloseCode => (int?)socket.CloseStatus;

    public async Task SendAsync(string command)
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        await socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, limit.Token);
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
                return JsonDocument.Parse(whole.ToArray()).RootElement;
            }
        }
    }

    public Task RetireAsync() => Task.CompletedTask;

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
}
