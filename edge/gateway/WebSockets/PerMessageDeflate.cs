using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.WebSockets;

/// <summary>
/// How one connection's messages are compressed (RFC 7692 §7.2.1). Without context takeover and with the full window
/// all connections share one object and its pool; what others negotiated needs a deflater of their own.
/// </summary>
internal sealed class PerMessageDeflate : IDisposable
{
    private readonly MessageDeflaterPool? _pool;
    private readonly MessageDeflater? _own;
    private readonly int _minimumBytes;

    public PerMessageDeflate(MessageDeflaterPool pool, int minimumBytes)
    {
        _pool = pool;
        _minimumBytes = minimumBytes;
    }

    public PerMessageDeflate(MessageDeflater own, int minimumBytes)
    {
        _own = own;
        _minimumBytes = minimumBytes;
    }

    /// <summary>Whether any connection that shares it can read what it wrote for another.</summary>
    public bool IsShared => _own is null;

    /// <summary>
    /// Held while a message is compressed and put in line, where the window is kept: both must happen in one order.
    /// </summary>
    public Lock Order { get; } = new();

    /// <summary>Compresses a message into an empty buffer; false where it is better sent as it is.</summary>
    public bool TryCompress(ReadOnlySpan<byte> payload, PooledBuffer output)
    {
        if (payload.Length < _minimumBytes)
        {
            return false;
        }

        if (_own is not null)
        {
            // A kept window has moved on: what was compressed must be sent, be it larger.
            _own.Compress(payload, output);
            return true;
        }

        MessageDeflater deflater = _pool!.Rent();
        deflater.Compress(payload, output);
        _pool.Return(deflater);
        return output.Length < payload.Length;
    }

    public void Dispose() => _own?.Dispose();
}
