using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Echo;

/// <summary>Returns each message as it came, for conformance suites and benchmarks.</summary>
internal sealed class EchoHandler(Outbound outbound, PerMessageDeflate? deflate) : IMessageHandler
{
    [ThreadStatic]
    private static PooledBuffer? _compressed;

    public ValueTask OnMessageAsync(ReadOnlySpan<byte> payload, bool binary)
    {
        Opcode opcode = binary ? Opcode.Binary : Opcode.Text;
        PooledBuffer compressed = _compressed ??= new PooledBuffer();
        if (deflate is not null && deflate.TryCompress(payload, compressed))
        {
            outbound.Send(opcode, compressed.Written, compressed: true);
        }
        else
        {
            outbound.Send(opcode, payload);
        }

        compressed.Clear();
        return default;
    }

    public bool AdmitsPing() => true;

    public void OnSweep(long now)
    {
    }

    public void OnDrained()
    {
    }

    public ValueTask OnEndedAsync(ushort? peerCloseCode) => default;
}
