using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>Collects events as one JSON array.</summary>
internal sealed class JsonArrayWriter : IEventWriter, IDisposable
{
    private readonly PooledBuffer _buffer = new();

    /// <summary>How many bytes were collected.</summary>
    public int Length => _buffer.Length;

    public void Write(ReadOnlySpan<byte> json)
    {
        _buffer.Write(_buffer.Length == 0 ? "["u8 : ","u8);
        _buffer.Write(json);
    }

    /// <summary>Ends the array; valid until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        _buffer.Write(_buffer.Length == 0 ? "[]"u8 : "]"u8);
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _buffer.Dispose();
}
