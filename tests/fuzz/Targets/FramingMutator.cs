using System.Buffers.Binary;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Changes a stream frame by frame: so most of what comes out is well-formed up to the point of interest.
/// </summary>
internal static class FramingMutator
{
    private const int MostFrames = 64;

    public static int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random)
    {
        if (input.Length < FramingSeeds.SetUp)
        {
            return 0;
        }

        Span<int> starts = stackalloc int[MostFrames + 1];
        int frames = FindFrames(input, starts);
        int index = random.Below(frames + 1);
        int at = starts[index];
        int end = index < frames ? starts[index + 1] : at;
        ReadOnlySpan<byte> head = input[..at];
        ReadOnlySpan<byte> frame = input[at..end];
        ReadOnlySpan<byte> tail = input[end..];
        Span<byte> made = stackalloc byte[1200];
        switch (random.Below(8))
        {
            case 0:
                return Join(output, head, tail, []);
            case 1:
                int other = random.Below(frames + 1);
                ReadOnlySpan<byte> copied = other < frames ? input[starts[other]..starts[other + 1]] : [];
                return Join(output, head, copied, input[at..]);
            case 2:
                int changed = Join(output, input, [], []);
                output[random.Below(FramingSeeds.SetUp)] = random.Byte();
                return changed;
            case 3 when !frame.IsEmpty:
                changed = Join(output, input, [], []);
                output[at] ^= (byte)(random.OneIn(2) ? 0x80 : 1 << random.Below(8));
                return changed;
            case 4 when frame.Length > 6 && frame.Length <= made.Length - 14:
                return Join(output, head, made[..Rewrite(frame, made, random)], tail);
            case 5 when !frame.IsEmpty:
                return Join(output, input[..(end - random.Below(Math.Min(frame.Length, 16)))], [], []);
            default:
                return Join(output, head, made[..Make(made, (input[0] & 1) == 0, random)], input[at..]);
        }
    }

    /// <summary>Writes a frame with a minimal length; returns its own.</summary>
    public static int WriteFrame(Span<byte> destination, byte first, bool masked, uint key, ReadOnlySpan<byte> payload)
    {
        destination[0] = first;
        byte mask = (byte)(masked ? 0x80 : 0);
        int length = 2;
        if (payload.Length < 126)
        {
            destination[1] = (byte)(mask | payload.Length);
        }
        else
        {
            destination[1] = (byte)(mask | 126);
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payload.Length);
            length = 4;
        }

        if (masked)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], key);
            length += 4;
        }

        for (int i = 0; i < payload.Length; i++)
        {
            destination[length + i] = (byte)(payload[i] ^ (masked ? (byte)(key >> (8 * (i % 4))) : 0));
        }

        return length + payload.Length;
    }

    private static int Make(Span<byte> destination, bool masked, Prng random)
    {
        int opcode = random.Below(12) switch
        {
            < 3 => 1,
            < 5 => 2,
            < 8 => 0,
            8 => 8,
            9 => 9,
            10 => 10,
            _ => random.Below(16),
        };
        int fin = random.OneIn(3) && opcode < 8 ? 0 : 0x80;
        int reserved = random.OneIn(32) ? random.Byte() & 0x70 : 0;
        byte first = (byte)(fin | reserved | opcode);
        ReadOnlySpan<byte> payload = Payload(stackalloc byte[1024], opcode, random);
        if (opcode is 1 or 2 && random.OneIn(4))
        {
            first |= 0x40;
            payload = random.OneIn(2) ? payload : random.Pick(InflateSeeds.Compressed);
        }

        uint key = random.OneIn(2) ? 0 : (uint)random.Next();
        return WriteFrame(destination, first, masked != random.OneIn(64), key, payload);
    }

    private static ReadOnlySpan<byte> Payload(Span<byte> room, int opcode, Prng random) =>
        room[..FramingSeeds.Payload(room, opcode, random)];

    // The same payload in two fragments, or under another key, or with a piece in it exchanged.
    private static int Rewrite(ReadOnlySpan<byte> frame, Span<byte> destination, Prng random)
    {
        bool masked = frame[1] >= 128;
        int header = (frame[1] % 128 == 126 ? 4 : 2) + (masked ? 4 : 0);
        uint key = masked ? BinaryPrimitives.ReadUInt32LittleEndian(frame[(header - 4)..]) : 0;
        Span<byte> payload = stackalloc byte[Math.Max(frame.Length - header, 0)];
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = (byte)(frame[header + i] ^ (byte)(key >> (8 * (i % 4))));
        }

        int cut = random.Below(payload.Length + 1);
        if (random.OneIn(2))
        {
            uint other = (uint)random.Next();
            int first = WriteFrame(destination, (byte)(frame[0] & 0x7F), masked, other, payload[..cut]);
            return first + WriteFrame(destination[first..], (byte)(frame[0] & 0x80), masked, key, payload[cut..]);
        }

        ReadOnlySpan<byte> piece = random.Pick(FramingSeeds.Texts);
        piece[..Math.Min(piece.Length, payload.Length - cut)].CopyTo(payload[cut..]);
        return WriteFrame(destination, frame[0], masked, key, payload);
    }

    // Where frames start, by their own lengths; the last entry is the end.
    private static int FindFrames(ReadOnlySpan<byte> input, Span<int> starts)
    {
        int at = FramingSeeds.SetUp;
        int frames = 0;
        starts[0] = at;
        while (frames < MostFrames && input.Length - at >= 2)
        {
            int length = input[at + 1] % 128;
            int header = 2 + (input[at + 1] >= 128 ? 4 : 0);
            if (length >= 126)
            {
                if (length == 127 || input.Length - at < 4)
                {
                    break;
                }

                header += 2;
                length = BinaryPrimitives.ReadUInt16BigEndian(input[(at + 2)..]);
            }

            if (header + length > input.Length - at)
            {
                break;
            }

            at += header + length;
            starts[++frames] = at;
        }

        return frames;
    }

    private static int Join(Span<byte> output, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c)
    {
        int length = 0;
        Add(output, a, ref length);
        Add(output, b, ref length);
        Add(output, c, ref length);
        return length;
    }

    private static void Add(Span<byte> output, ReadOnlySpan<byte> part, ref int length)
    {
        int count = Math.Min(part.Length, output.Length - length);
        part[..count].CopyTo(output[length..]);
        length += count;
    }
}
