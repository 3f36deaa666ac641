using System.Net.WebSockets;
using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>One WebSocket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="cork">Of what carries it; null where that is out of reach.</param>
/// <param name="invoker">What is disposed of after it; null for nothing.</param>
internal sealed class WebSocketLink(WebSocket socket, ICork? cork, IDisposable? invoker) : ILink
{
    /// <summary>What is spoken on it.</summary>
    public const string Protocol = "switchboard.v1.json";

    // An answer to history is the longest: a hundred messages.
    private const int LongestMessage = 64 * 1024 * 1024;

    private readonly PooledBuffer _received = new(16 * 1024);
    private volatile bool _saysGoodbye;

    public bool TakesConnect => true;

    public bool NeedsHeartbeat => true;

    public int MaxCommands => 512;

    public async Task<LinkEnd> ReceiveAsync(ILinkReceiver receiver)
    {
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult result = await socket.ReceiveAsync(_received.GetMemory(4096), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return new LinkEnd((int?)socket.CloseStatus ?? LinkEnd.Abnormal, socket.CloseStatusDescription ?? string.Empty);
                }

                _received.Advance(result.Count);
                if (result.EndOfMessage)
                {
                    await receiver.OnEventAsync(_received.Memory, result.MessageType == WebSocketMessageType.Binary);
                    _received.Clear();
                }
                else if (_received.Length > LongestMessage)
                {
                    return new LinkEnd(LinkEnd.Abnormal, $"the server sent more than {LongestMessage} bytes as one message");
                }
            }
        }
        catch (JsonException e)
        {
            return new LinkEnd(LinkEnd.Abnormal, $"the server sent what is not an event: {e.Message}") { Cause = e };
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return new LinkEnd(LinkEnd.Abnormal, e.GetBaseException().Message) { Cause = e };
        }
    }

    public async ValueTask SendAsync(OutgoingBatch batch)
    {
        try
        {
            cork?.Cork();
            try
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    (ReadOnlyMemory<byte> bytes, bool isBinary) = batch[i];
                    await socket.SendAsync(
                        bytes, isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, CancellationToken.None);
                }
            }
            catch (Exception e) when (_saysGoodbye && (e is WebSocketException or InvalidOperationException))
            {
                // Nothing follows the goodbye, which may still be corked.
            }

            if (cork is not null)
            {
                await cork.UncorkAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The last one where the socket was aborted meanwhile.
            throw new LinkException(new LinkEnd(LinkEnd.Abnormal, e.GetBaseException().Message) { Cause = e });
        }
    }

    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        _saysGoodbye = true;
        try
        {
            // The answer is for the reader, who takes all that came before it.
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // It is gone already, or does not listen; the grace period ends it.
        }
    }

    public void Abort() => socket.Abort();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        invoker?.Dispose();
        _received.Release();
        return default;
    }
}
