namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Writes DEFLATE (RFC 1951) bit by bit, so that every block is at hand, not only those that zlib makes.
/// </summary>
internal ref struct BitWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;
    private int _bits;

    /// <summary>How many bytes were begun.</summary>
    public readonly int Length => (_bits + 7) / 8;

    /// <summary>Writes a number, its lowest bit first (§3.1.1).</summary>
    public void Bits(uint value, int count)
    {
        for (int i = 0; i < count && _bits / 8 < _output.Length; i++, _bits++)
        {
            if (_bits % 8 == 0)
            {
                _output[_bits / 8] = 0;
            }

            _output[_bits / 8] |= (byte)(((value >> i) & 1) << (_bits % 8));
        }
    }

    /// <summary>A block's header (§3.2.3).</summary>
    public void Block(bool final, int type)
    {
        Bits(final ? 1u : 0, 1);
        Bits((uint)type, 2);
    }

    /// <summary>The rest of a stored block (§3.2.4), whose lengths agree or not.</summary>
    public void Stored(scoped ReadOnlySpan<byte> data, int lengthError)
    {
        Bits(0, -_bits & 7);
        Bits((uint)data.Length, 16);
        Bits((uint)(~data.Length + lengthError), 16);
        foreach (byte b in data)
        {
            Bits(b, 8);
        }
    }

    /// <summary>A literal, end of block or length in the fixed code (§3.2.6), 0 to 287.</summary>
    public void FixedSymbol(int symbol)
    {
        (int code, int count) = symbol switch
        {
            < 144 => (0x30 + symbol, 8),
            < 256 => (0x190 + symbol - 144, 9),
            < 280 => (symbol - 256, 7),
            _ => (0xC0 + symbol - 280, 8),
        };
        Huffman(code, count);
    }

    /// <summary>A code, its highest bit first (§3.1.1).</summary>
    public void Huffman(int code, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            Bits((uint)(code >> i), 1);
        }
    }
}
