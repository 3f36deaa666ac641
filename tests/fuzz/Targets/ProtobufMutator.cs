namespace Switchboard.Fuzz.Targets;

/// <summary>Changes a message field by field, at any depth; keeps the lengths that stand before what is changed.</summary>
internal static class ProtobufMutator
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    public static int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random)
    {
        byte[]? changed = Change(input, random);
        if (changed is null || changed.Length == 0 || changed.Length > output.Length)
        {
            return 0;
        }

        changed.CopyTo(output);
        return changed.Length;
    }

    // Null where the message has no field, or is none.
    private static byte[]? Change(ReadOnlySpan<byte> message, Prng random)
    {
        List<Range> fields = Split(message);
        if (fields.Count == 0)
        {
            return null;
        }

        Range chosen = random.Pick(fields);
        ReadOnlySpan<byte> field = message[chosen];
        byte[] made = random.Below(8) switch
        {
            0 => [],
            1 => [.. field, .. field],
            2 => [.. field, .. message[random.Pick(fields)]],
            3 => Renumber(field, random),
            _ => ChangeValue(field, random),
        };
        return [.. message[..chosen.Start], .. made, .. message[chosen.End..]];
    }

    private static List<Range> Split(ReadOnlySpan<byte> message)
    {
        List<Range> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            int start = at;
            if (!TryReadVarint(message, ref at, out ulong tag))
            {
                return [];
            }

            ulong length = 0;
            bool read = (tag & 7) switch
            {
                Varint => TryReadVarint(message, ref at, out _),
                Bytes => TryReadVarint(message, ref at, out length),
                _ => true,
            };
            length = (tag & 7) switch
            {
                Fixed64 => 8,
                Fixed32 => 4,
                _ => length,
            };
            if (!read || length > (ulong)(message.Length - at))
            {
                return [];
            }

            at += (int)length;
            fields.Add(start..at);
        }

        return fields;
    }

    private static byte[] Renumber(ReadOnlySpan<byte> field, Prng random)
    {
        byte[] made = field.ToArray();
        made[0] = (byte)((random.Below(16) << 3) | (random.OneIn(4) ? random.Below(8) : made[0] & 7));
        return made;
    }

    private static byte[] ChangeValue(ReadOnlySpan<byte> field, Prng random)
    {
        int at = 0;
        TryReadVarint(field, ref at, out ulong tag);
        ReadOnlySpan<byte> head = field[..at];
        if ((tag & 7) == Varint)
        {
            return [.. head, .. random.Pick(ProtobufSeeds.Numbers)];
        }

        if ((tag & 7) != Bytes)
        {
            return Renumber(field, random);
        }

        TryReadVarint(field, ref at, out _);
        byte[] body = (random.OneIn(3) ? null : Change(field[at..], random)) ?? random.Pick(ProtobufSeeds.Values);
        return [.. head, .. Length(body.Length, random.OneIn(16)), .. body];
    }

    // At times longer than it need be.
    private static byte[] Length(int length, bool padded)
    {
        List<byte> bytes = [];
        for (; length >= 0x80; length >>= 7)
        {
            bytes.Add((byte)(length | 0x80));
        }

        return padded ? [.. bytes, (byte)(length | 0x80), 0x00] : [.. bytes, (byte)length];
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> message, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; at < message.Length && shift < 64; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
