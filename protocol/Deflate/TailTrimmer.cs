using System.Buffers;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Passes a deflated message on but for its last 4 octets (RFC 7692 §7.2.1). They may straddle two buffers, so the
/// last 4 of each are written to the output only as the head of the next one.
/// </summary>
internal ref struct TailTrimmer(IBufferWriter<byte> output)
{
    private const int TailLength = 4;

    private Span<byte> _span;
    private uint _held;
    private int _heldLength;

    /// <summary>Room for at least <paramref name="sizeHint"/> bytes.</summary>
    public Span<byte> GetSpan(int sizeHint)
    {
        _span = output.GetSpan(sizeHint + TailLength);
        BitConverter.TryWriteBytes(_span, _held);
        return _span[_heldLength..];
    }

    public void Advance(int written)
    {
        int length = _heldLength + written;
        _heldLength = Math.Min(length, TailLength);
        int passed = length - _heldLength;
        Span<byte> held = stackalloc byte[TailLength];
        _span[passed..length].CopyTo(held);
        _held = BitConverter.ToUInt32(held);
        if (passed > 0)
        {
            output.Advance(passed);
        }
    }

    /// <summary>Whether what was held back is the tail.</summary>
    public readonly bool HoldsTail()
    {
        Span<byte> held = stackalloc byte[TailLength];
        BitConverter.TryWriteBytes(held, _held);
        return held[.._heldLength].SequenceEqual(DeflateCodec.Tail);
    }
}
