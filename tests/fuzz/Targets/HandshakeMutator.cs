namespace Switchboard.Fuzz.Targets;

/// <summary>Changes a head line by line.</summary>
internal static class HandshakeMutator
{
    public static int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random)
    {
        if (input.Length < HandshakeSeeds.SetUp)
        {
            return 0;
        }

        (int start, int end) = FindLine(input, random);
        ReadOnlySpan<byte> head = input[..start];
        ReadOnlySpan<byte> line = input[start..end];
        ReadOnlySpan<byte> tail = input[end..];
        int colon = line.IndexOf((byte)':');
        switch (random.Below(7))
        {
            case 0:
                return Join(output, head, tail, []);
            case 1:
                return Join(output, head, line, line, tail);
            case 2:
                (int from, int to) = FindLine(input, random);
                return Join(output, head, input[from..to], line, tail);
            case 3 when colon >= 0 && line.Length > colon + 3:
                int at = colon + 1 + random.Below(line.Length - colon - 2);
                at += start;
                return Join(output, input[..at], random.Pick(HandshakeSeeds.Dictionary), input[at..]);
            case 4 when line.Length > 2:
                int length = Join(output, input, [], []);
                output[start + random.Below(line.Length)] ^= 0x20;
                return length;
            case 5:
                length = Join(output, input, [], []);
                output[random.Below(HandshakeSeeds.SetUp)] = random.Byte();
                return length;
            default:
                return Join(output, head, line, random.Pick(HandshakeSeeds.Lines), tail);
        }
    }

    // A line with its line break, or what is left without one.
    private static (int Start, int End) FindLine(ReadOnlySpan<byte> input, Prng random)
    {
        int at = HandshakeSeeds.SetUp + random.Below(input.Length - HandshakeSeeds.SetUp + 1);
        int before = input[HandshakeSeeds.SetUp..at].LastIndexOf((byte)'\n');
        int start = HandshakeSeeds.SetUp + before + 1;
        int length = input[start..].IndexOf((byte)'\n');
        return (start, length < 0 ? input.Length : start + length + 1);
    }

    private static int Join(
        Span<byte> output,
        ReadOnlySpan<byte> a,
        ReadOnlySpan<byte> b,
        ReadOnlySpan<byte> c,
        ReadOnlySpan<byte> d = default)
    {
        int length = 0;
        Add(output, a, ref length);
        Add(output, b, ref length);
        Add(output, c, ref length);
        Add(output, d, ref length);
        return length;
    }

    private static void Add(Span<byte> output, ReadOnlySpan<byte> part, ref int length)
    {
        int count = Math.Min(part.Length, output.Length - length);
        part[..count].CopyTo(output[length..]);
        length += count;
    }
}
