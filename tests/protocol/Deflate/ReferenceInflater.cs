namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>
/// RFC 1951 bit by bit, slow and plain, to judge the codecs by: it also says how far back references reach. A final
/// block ends a stream, and the next byte starts another one (RFC 7692 §7.2.3.5).
/// </summary>
internal sealed class ReferenceInflater
{
    private static readonly int[] LengthBases =
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
        227, 258,
    ];

    private static readonly int[] DistanceBases =
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ];

    private static readonly int[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static readonly Huffman FixedLiterals =
        new([.. Enumerable.Range(0, 288).Select(symbol => symbol is < 144 or >= 280 ? 8 : symbol < 256 ? 9 : 7)]);

    // 30 of 32 codes: the last two stand for nothing.
    private static readonly Huffman FixedDistances = new([.. Enumerable.Repeat(5, 32)]);

    private readonly byte[] _input;
    private readonly List<byte> _output = [];
    private int _bit;
    private int _streamStart;

    private ReferenceInflater(byte[] input) => _input = input;

    public int LongestDistance { get; private set; }

    public bool IsCorrupt { get; private set; }

    public byte[] Output => [.. _output];

    /// <summary>Decodes as far as the input goes.</summary>
    public static ReferenceInflater Decode(byte[] input)
    {
        ReferenceInflater inflater = new(input);
        try
        {
            while (true)
            {
                inflater.Block();
            }
        }
        catch (EndOfStreamException)
        {
            return inflater;
        }
        catch (InvalidDataException)
        {
            inflater.IsCorrupt = true;
            return inflater;
        }
    }

    private void Block()
    {
        bool final = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0:
                Stored();
                break;
            case 1:
                Compressed(FixedLiterals, FixedDistances);
                break;
            case 2:
                (Huffman literals, Huffman distances) = DynamicCodes();
                Compressed(literals, distances);
                break;
            default:
                throw new InvalidDataException();
        }

        if (final)
        {
            Align();
            _streamStart = _output.Count;
        }
    }

    private void Stored()
    {
        Align();
        int length = Bits(16);
        if (Bits(16) != (~length & 0xFFFF))
        {
            throw new InvalidDataException();
        }

        for (int i = 0; i < length; i++)
        {
            _output.Add((byte)Bits(8));
        }
    }

    private (Huffman Literals, Huffman Distances) DynamicCodes()
    {
        int literalCount = Bits(5) + 257;
        int distanceCount = Bits(5) + 1;
        int[] codeLengths = new int[19];
        int codeCount = Bits(4) + 4;
        if (literalCount > 286 || distanceCount > 30)
        {
            throw new InvalidDataException();
        }

        for (int i = 0; i < codeCount; i++)
        {
            codeLengths[CodeLengthOrder[i]] = Bits(3);
        }

        Huffman codes = new(codeLengths);
        List<int> lengths = [];
        while (lengths.Count < literalCount + distanceCount)
        {
            int symbol = Symbol(codes);
            (int value, int times) = symbol switch
            {
                16 when lengths.Count == 0 => throw new InvalidDataException(),
                16 => (lengths[^1], 3 + Bits(2)),
                17 => (0, 3 + Bits(3)),
                18 => (0, 11 + Bits(7)),
                _ => (symbol, 1),
            };
            lengths.AddRange(Enumerable.Repeat(value, times));
        }

        if (lengths.Count > literalCount + distanceCount || lengths[256] == 0)
        {
            throw new InvalidDataException();
        }

        return (
            new Huffman([.. lengths.Take(literalCount)], mayBeSingle: true),
            new Huffman([.. lengths.Skip(literalCount)], mayBeSingle: true));
    }

    private void Compressed(Huffman literals, Huffman distances)
    {
        while (Symbol(literals) is var symbol && symbol != 256)
        {
            if (symbol < 256)
            {
                _output.Add((byte)symbol);
                continue;
            }

            if (symbol > 285)
            {
                throw new InvalidDataException();
            }

            int code = symbol - 257;
            int length = LengthBases[code] + Bits(code is < 8 or 28 ? 0 : (code - 4) / 4);
            code = Symbol(distances);
            if (code >= DistanceBases.Length)
            {
                throw new InvalidDataException();
            }

            int distance = DistanceBases[code] + Bits(code < 4 ? 0 : (code - 2) / 2);
            if (distance > _output.Count - _streamStart)
            {
                throw new InvalidDataException();
            }

            LongestDistance = Math.Max(LongestDistance, distance);
            for (int i = 0; i < length; i++)
            {
                _output.Add(_output[^distance]);
            }
        }
    }

    private int Symbol(Huffman huffman)
    {
        int code = 0;
        for (int length = 1; length <= 15; length++)
        {
            code = (code << 1) | Bits(1);
            if (huffman.Symbols.TryGetValue((length, code), out int symbol))
            {
                return symbol;
            }
        }

        throw new InvalidDataException();
    }

    private int Bits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, _bit++)
        {
            if (_bit >= 8 * _input.Length)
            {
                throw new EndOfStreamException();
            }

            value |= ((_input[_bit / 8] >> (_bit % 8)) & 1) << i;
        }

        return value;
    }

    private void Align() => _bit = (_bit + 7) / 8 * 8;

    /// <summary>RFC 1951 §3.2.2: codes from lengths. Like zlib, takes an incomplete set only of one bit.</summary>
    private sealed class Huffman
    {
        public Huffman(int[] lengths, bool mayBeSingle = false)
        {
            int code = 0;
            for (int length = 1; length <= 15; length++)
            {
                code <<= 1;
                for (int symbol = 0; symbol < lengths.Length; symbol++)
                {
                    if (lengths[symbol] == length)
                    {
                        Symbols[(length, code++)] = symbol;
                    }
                }

                if (code > 1 << length)
                {
                    throw new InvalidDataException();
                }
            }

            bool single = mayBeSingle && Symbols.Count == 1 && Symbols.ContainsKey((1, 0));
            if (code != 1 << 15 && Symbols.Count > 0 && !single)
            {
                throw new InvalidDataException();
            }
        }

        public Dictionary<(int Length, int Code), int> Symbols { get; } = [];
    }
}
