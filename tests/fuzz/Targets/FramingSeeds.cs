using System.Buffers.Binary;

namespace Switchboard.Fuzz.Targets;

/// <summary>Streams to begin with, and pieces of frames.</summary>
internal static class FramingSeeds
{
    /// <summary>How many bytes come before the stream: role and limits, and how the stream is split.</summary>
    public const int SetUp = 2;

    public static readonly byte[][] Texts =
    [
        [], [.. "a"u8], [.. "Hello"u8], [.. "é€😀"u8], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xAC], [0x80], [0xA9],
        [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE0, 0x80], [0xF0, 0x80],
        [0xED, 0x9F, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF], [0xEE, 0x80, 0x80], [0x00],
    ];

    public static readonly int[] Lengths = [0, 1, 2, 124, 125, 126, 127, 128, 200, 300, 1000];

    public static readonly int[] CloseCodes =
        [0, 999, 1000, 1003, 1004, 1005, 1006, 1007, 1014, 1015, 1016, 2999, 3000, 4999, 5000, 65535];

    public static readonly byte[][] Dictionary =
    [
        .. Texts,
        [0x81, 0x80, 0, 0, 0, 0],
        [0x01, 0x80, 0, 0, 0, 0],
        [0x80, 0x80, 0, 0, 0, 0],
        [0x00, 0x81, 0, 0, 0, 0, 0x61],
        [0x89, 0x80, 0, 0, 0, 0],
        [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8],
        [0x82, 0xFE, 0, 126, 0, 0, 0, 0],
        [0x82, 0xFE, 0, 125, 0, 0, 0, 0],
        [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0],
        [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0],
        [0xC1, 0x80, 0, 0, 0, 0],
    ];

    public static IEnumerable<byte[]> All
    {
        get
        {
            yield return [0, 0];
            foreach (byte[] compressed in InflateSeeds.Compressed)
            {
                byte[] first = Frame(0x42, 0x80, compressed);
                yield return [16, 0, .. Frame(0xC1, 0x80, compressed), .. first, .. Frame(0x80, 0x80, [0])];
            }

            for (byte setUp = 0; setUp < 32; setUp++)
            {
                byte mask = (byte)((setUp & 1) == 0 ? 0x80 : 0);
                yield return
                [
                    setUp, setUp,
                    .. Frame(0x81, mask, [.. "Hello"u8]),
                    .. Frame(0x01, mask, [0xE2, 0x82]), .. Frame(0x89, mask, [1, 2]), .. Frame(0x80, mask, [0xAC]),
                    .. Frame(0x82, mask, new byte[126]), .. Frame(0x8A, mask, []),
                    .. Frame(0x88, mask, [0x03, 0xE8, .. "bye"u8]),
                ];
            }
        }
    }

    private static byte[] Frame(byte first, byte mask, byte[] payload)
    {
        var frame = new byte[14 + payload.Length];
        return frame[..FramingMutator.WriteFrame(frame, first, mask != 0, mask == 0 ? 0 : 0x01020304u, payload)];
    }

    /// <summary>A payload for a frame with this opcode.</summary>
    public static int Payload(Span<byte> destination, int opcode, Prng random)
    {
        if (opcode == 8 && !random.OneIn(4))
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)random.Pick(CloseCodes));
            byte[] reason = random.Pick(Texts);
            reason.CopyTo(destination[2..]);
            return 2 + reason.Length;
        }

        int length = 0;
        if (random.OneIn(4))
        {
            length = random.Pick(Lengths);
            destination[..length].Fill((byte)(random.OneIn(8) ? random.Byte() : 0x61));
            return length;
        }

        for (int parts = random.Below(4); parts > 0; parts--)
        {
            byte[] text = random.Pick(Texts);
            text.CopyTo(destination[length..]);
            length += text.Length;
        }

        return length;
    }
}
