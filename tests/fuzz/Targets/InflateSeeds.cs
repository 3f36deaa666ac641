using System.IO.Compression;
using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Compressed messages to begin with, and blocks made at random.</summary>
internal static class InflateSeeds
{
    /// <summary>How many bytes come before the data: what to do and within what limit, and how to split.</summary>
    public const int SetUp = 2;

    private static readonly byte[][] Plain =
    [
        [], [.. "Hello"u8], Encoding.ASCII.GetBytes(new string('a', 300)), new byte[5000],
        Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 80).Select(i => $"{{\"n\":{i},\"x\":{i * i}}}"))),
        [.. Enumerable.Range(0, 256).Select(i => (byte)(i * 167))],
    ];

    /// <summary>RFC 7692 §7.2.3: examples; and pieces that end blocks.</summary>
    public static readonly byte[][] Dictionary =
    [
        [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00],
        [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
        [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
        [0x00, 0x00, 0xFF, 0xFF], [0x00], [0x01, 0x00, 0x00, 0xFF, 0xFF], [0x02, 0x00], [0x03, 0x00], [0x06], [0x07],
    ];

    /// <summary>Messages as they are sent, without their tails, that are short enough for a frame.</summary>
    public static readonly byte[][] Compressed =
    [
        .. Plain.Append([.. "é€😀"u8]).Append([0x61, 0xE2, 0x82]).Append([0xFF]).Append(new byte[80_000])
            .Select(plain => Compress(plain, CompressionLevel.Optimal)).Concat(Dictionary),
    ];

    public static IEnumerable<byte[]> All
    {
        get
        {
            for (byte setUp = 0; setUp < 32; setUp++)
            {
                foreach (byte[] plain in Plain)
                {
                    yield return [setUp, setUp, .. Compress(plain, CompressionLevel.Optimal)];
                }

                yield return [setUp, setUp, .. Compress(Plain[4], CompressionLevel.NoCompression)];
                foreach (byte[] piece in Dictionary)
                {
                    yield return [setUp, 0, .. piece];
                }
            }
        }
    }

    /// <summary>Writes one or more blocks, most of them valid.</summary>
    public static int Blocks(Span<byte> output, Prng random)
    {
        var writer = new BitWriter(output);
        for (int blocks = 1 + random.Below(3); blocks > 0; blocks--)
        {
            switch (random.Below(4))
            {
                case 0:
                    writer.Block(random.OneIn(4), 0);
                    writer.Stored(random.Pick(Dictionary), random.OneIn(8) ? 1 : 0);
                    break;
                case 1:
                    writer.Block(random.OneIn(4), 2);
                    Dynamic(ref writer, random);
                    break;
                default:
                    writer.Block(random.OneIn(4), 1);
                    Fixed(ref writer, random);
                    break;
            }
        }

        return writer.Length;
    }

    private static void Fixed(ref BitWriter writer, Prng random)
    {
        for (int symbols = random.Below(20); symbols > 0; symbols--)
        {
            if (!random.OneIn(3))
            {
                writer.FixedSymbol(random.Below(random.OneIn(50) ? 288 : 256));
                continue;
            }

            // A length from 3 to 10, or the longest, and a distance that may reach back too far.
            bool longest = random.OneIn(4);
            writer.FixedSymbol(longest ? 285 : 257 + random.Below(8));
            int distance = random.Below(random.OneIn(8) ? 32 : 4);
            writer.Huffman(distance, 5);
            writer.Bits((uint)random.Next(), Math.Max((distance / 2) - 1, 0));
        }

        if (!random.OneIn(16))
        {
            writer.FixedSymbol(256);
        }
    }

    // Two literals and the end of the block, or a code that is over-subscribed or not complete.
    private static void Dynamic(ref BitWriter writer, Prng random)
    {
        writer.Bits((uint)(random.OneIn(8) ? random.Below(32) : 0), 5);
        writer.Bits((uint)(random.OneIn(8) ? random.Below(32) : 0), 5);
        writer.Bits(14, 4);

        // The order of §3.2.7: 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1; lengths 0, 1, 2 and 18 get two bits each.
        foreach (int symbol in (ReadOnlySpan<int>)[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1])
        {
            int length = symbol is 0 or 1 or 2 or 18 ? 2 : 0;
            writer.Bits((uint)(random.OneIn(64) ? random.Below(8) : length), 3);
        }

        // Canonical codes of two bits: 0 and 1 and 2 stand for themselves, 3 for the run of 11 to 138 zeros.
        const int Zeros = 3;
        Run(ref writer, 97);
        writer.Huffman(1, 2);
        Run(ref writer, random.OneIn(8) ? 128 : 127);
        writer.Huffman(2, 2);
        Run(ref writer, 30);
        writer.Huffman(random.OneIn(8) ? 0 : 2, 2);
        writer.Huffman(random.OneIn(2) ? 0 : 1, 2);
        writer.Bits((uint)random.Next(), random.Below(32));

        static void Run(ref BitWriter writer, int count)
        {
            writer.Huffman(Zeros, 2);
            writer.Bits((uint)(count - 11), 7);
        }
    }

    private static byte[] Compress(byte[] plain, CompressionLevel level)
    {
        var compressed = new MemoryStream();
        using (var stream = new DeflateStream(compressed, level, leaveOpen: true))
        {
            stream.Write(plain);
            stream.Flush();
            return compressed.ToArray().AsSpan(0, Math.Max((int)compressed.Length - 4, 0)).ToArray();
        }
    }
}
