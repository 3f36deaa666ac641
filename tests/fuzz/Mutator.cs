using System.Buffers.Binary;

namespace Switchboard.Fuzz;

/// <summary>
/// Changes inputs blindly: bits, bytes, numbers, ranges, pieces of the dictionary and of other inputs.
/// </summary>
internal sealed class Mutator(IFuzzTarget target, Prng random)
{
    private static readonly byte[] Edges =
    [
        0, 1, 2, 8, 9, 10, 13, 32, 34, 61, 92, 123, 125, 126, 127, 128, 129, 130, 136, 137, 138, 192, 194, 224, 237,
        240, 244, 254, 255,
    ];

    private readonly byte[] _spare = new byte[target.MaxInput];

    /// <summary>Puts a changed copy of <paramref name="input"/> into <paramref name="output"/>.</summary>
    /// <param name="input">The input, from the corpus.</param>
    /// <param name="other">Another one, to take pieces from.</param>
    /// <param name="output">As long as the longest input.</param>
    /// <returns>The changed input's length.</returns>
    public int Mutate(ReadOnlySpan<byte> input, ReadOnlySpan<byte> other, Span<byte> output)
    {
        input.CopyTo(output);
        int length = input.Length;
        for (int times = 1 << random.Below(4); times > 0; times--)
        {
            if (random.OneIn(2))
            {
                output[..length].CopyTo(_spare);
                int changed = target.Mutate(_spare.AsSpan(0, length), output, random);
                if (changed > 0)
                {
                    length = changed;
                    continue;
                }
            }

            length = Step(output, length, other);
        }

        return length;
    }

    private int Step(Span<byte> data, int length, ReadOnlySpan<byte> other)
    {
        int at = random.Below(length + 1);
        if (at < length)
        {
            switch (random.Below(6))
            {
                case 0:
                    data[at] ^= (byte)(1 << random.Below(8));
                    return length;
                case 1:
                    data[at] = random.Byte();
                    return length;
                case 2:
                    data[at] = random.Pick(Edges);
                    return length;
                case 3:
                    data[at] = (byte)(data[at] + random.Below(9) - 4);
                    return length;
                case 4 when at + 2 <= length:
                    Span<byte> number = data[at..];
                    ushort value = BinaryPrimitives.ReadUInt16BigEndian(number);
                    BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)(value + random.Below(9) - 4));
                    return length;
            }
        }

        switch (random.Below(6))
        {
            case 0:
                return Remove(data, length, at, Span(length - at));
            case 1:
                int start = random.Below(length + 1);
                return Insert(data, length, at, data.Slice(start, Span(length - start)));
            case 2 when target.Dictionary.Count > 0:
                return Insert(data, length, at, random.Pick(target.Dictionary));
            case 3 when target.Dictionary.Count > 0:
                ReadOnlySpan<byte> piece = random.Pick(target.Dictionary);
                piece = piece[..Math.Min(piece.Length, length - at)];
                piece.CopyTo(data[at..]);
                return length;
            case 4 when !other.IsEmpty:
                int from = random.Below(other.Length);
                return Insert(data, length, at, other.Slice(from, Span(other.Length - from)));
            default:
                return Insert(data, length, at, [random.Byte()]);
        }
    }

    // Mostly short, sometimes all that there is.
    private int Span(int most) => random.OneIn(8) ? random.Below(most + 1) : random.Below(Math.Min(most, 16) + 1);

    private static int Remove(Span<byte> data, int length, int at, int count)
    {
        data[(at + count)..length].CopyTo(data[at..]);
        return length - count;
    }

    private int Insert(Span<byte> data, int length, int at, ReadOnlySpan<byte> piece)
    {
        int count = Math.Min(piece.Length, data.Length - length);
        piece[..count].CopyTo(_spare);
        data[at..length].CopyTo(data[(at + count)..]);
        _spare.AsSpan(0, count).CopyTo(data[at..]);
        return length + count;
    }
}
