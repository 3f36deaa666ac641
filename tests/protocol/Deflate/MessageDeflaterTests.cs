using System.Buffers;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class MessageDeflaterTests
{
    [Theory, EachBackend]
    public void Compress_Hello_IsTheRfcExample(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);

        // RFC 7692 §7.2.3.1.
        Assert.Equal("F248CDC9C90700", Convert.ToHexString(deflater.Compress(Messages.Hello)));
    }

    [Theory, EachBackend]
    public void Compress_EmptyMessage_IsOneZeroByteAtAnyTime(bool native)
    {
        foreach (bool takeover in new[] { false, true })
        {
            using MessageDeflater deflater = Codecs.Deflater(native, takeover);
            using MessageInflater inflater = Codecs.Inflater(native, takeover);
            foreach (byte[] message in new[] { [], Messages.Hello, [], [], Messages.Hello })
            {
                byte[] payload = deflater.Compress(message);
                Assert.True(message.Length > 0 || payload is [0], Convert.ToHexString(payload));
                Codecs.AssertDecoded(message, inflater.Decompress(payload));
            }

            ExactWriter output = new();
            deflater.Compress(ReadOnlySequence<byte>.Empty, output);
            deflater.Compress(Codecs.Sequence([[], [], []]), output);
            Assert.Equal(new byte[2], output.ToArray());
        }
    }

    [Theory, EachBackend]
    public void Compress_ManyMessagesThroughOneDeflater_EachDecodesAlone(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        for (int i = 0; i < 200; i++)
        {
            // The same text again and again is what would tempt a kept window.
            byte[] message = i % 3 == 0 ? Messages.Random(i, 37 * i) : Messages.Json(i % 2, 20 * i);
            byte[] payload = deflater.Compress(message);

            Assert.Equal(message, Codecs.DecodeAlone(payload));
            Assert.Equal(message, ReferenceInflater.Decode(Codecs.WithTail(payload)).Output);
        }
    }

    [Theory, EachBackend]
    public void Compress_SameMessageTwice_GivesTheSameBytes(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        byte[] message = Messages.Json(1, 3000);

        byte[] first = deflater.Compress(message);
        deflater.Compress(Messages.Random(2, 100_000));

        Assert.Equal(first, deflater.Compress(message));
        Assert.True(first.Length < message.Length / 2);
    }

    [Theory, EachBackend]
    public void Compress_SegmentedMessage_DecodesAsOne(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        foreach (int part in new[] { 1, 7, 300, 5000 })
        {
            byte[] message = Messages.Json(part, 12_000);
            List<byte[]> parts = [[], .. message.Chunk(part), []];
            ExactWriter output = new();
            deflater.Compress(Codecs.Sequence(parts), output);

            Assert.Equal(message, Codecs.DecodeAlone(output.ToArray()));

            // A flush after each segment would show in the size.
            Assert.InRange(output.Length, 1, deflater.Compress(message).Length + 50);
        }
    }

    [Fact]
    public void Compress_AnyLevelAndAnyData_GrowsByNoMoreThanItSays()
    {
        for (int level = 1; level <= 9; level++)
        {
            using MessageDeflater deflater = Codecs.Deflater(native: true, level: level);
            foreach (int length in new[] { 1, 2, 5, 50, 500, 5000, 14_000, 15_000, 70_000, 200_000 })
            {
                // All bytes above 143, which take 9 bits in the fixed code.
                byte[] message = [.. Messages.Random(length, length).Select(value => (byte)(144 + (value % 112)))];
                byte[] payload = deflater.Compress(message);

                Assert.InRange(payload.Length, 1, length + (length / 8) + 16);
                Assert.Equal(message, Codecs.DecodeAlone(payload));
            }
        }
    }

    [Theory, EachBackend]
    public void Compress_LargeMessage_AsksForModestRoom(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        ExactWriter output = new();

        deflater.Compress(Messages.Random(3, 1_000_000), output);

        Assert.InRange(output.LargestRoom, 1, 17 * 1024);
        Assert.InRange(output.Length, 1_000_000, 1_010_000);
    }

    [Theory, EachBackend]
    public void Compress_Takeover_SecondMessageIsTinyAndNeedsTheWindow(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native, takeover: true);
        byte[] message = Messages.Json(4, 2000);
        byte[] first = deflater.Compress(message);
        byte[] second = deflater.Compress(message);

        using MessageInflater inflater = Codecs.Inflater(native, takeover: true);
        Codecs.AssertDecoded(message, inflater.Decompress(first));
        Codecs.AssertDecoded(message, inflater.Decompress(second));
        Assert.True(second.Length < first.Length / 10, $"{first.Length}, then {second.Length}");

        using MessageInflater fresh = Codecs.Inflater(native, takeover: true);
        Assert.Equal(InflateStatus.Corrupt, fresh.Decompress(second).Status);
    }

    [Fact]
    public void Compress_EveryWindow_RefersNoFurtherBackThanItsWindow()
    {
        int longest = 0;
        for (int windowBits = 9; windowBits <= 15; windowBits++)
        {
            int window = 1 << windowBits;
            foreach (bool takeover in new[] { false, true })
            {
                for (int level = 1; level <= 9; level++)
                {
                    longest = LongestDistance(windowBits, takeover, level);
                    Assert.InRange(longest, 1, window);
                }
            }
        }

        // The last was the largest window, where the oracle must have seen references that 9 bits forbid.
        Assert.InRange(longest, 513, 32_768);
    }

    [Fact]
    public void Compress_NineWindowBits_DecodesInANineBitWindow()
    {
        using MessageDeflater deflater = Codecs.Deflater(native: true, takeover: true, windowBits: 9);
        foreach (int bits in new[] { 8, 9 })
        {
            using MessageInflater inflater = Codecs.Inflater(native: true, windowBits: bits);
            using MessageDeflater alone = Codecs.Deflater(native: true, windowBits: 9);
            byte[] message = [.. Messages.Periodic(5, 200, 3000), .. Messages.Periodic(5, 600, 3000)];
            byte[] payload = alone.Compress(message);

            // Byte by byte, so that references reach into the window and not into the output at hand.
            List<byte[]> pieces = [.. payload.Select(value => new[] { value })];
            Codecs.AssertDecoded(message, inflater.Decompress(pieces));
        }
    }

    [Fact]
    public void Constructor_OutOfBounds_Throws()
    {
        foreach ((int bits, int level, int memory) in new[]
            { (8, 1, 8), (16, 1, 8), (15, 0, 8), (15, 10, 8), (15, 1, 0), (15, 1, 10) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Codecs.Deflater(true, false, bits, level, memory));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Codecs.Deflater(native: false, windowBits: 14));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageDeflaterPool(level: 0));
        Assert.Equal(9, DeflateCodec.MinServerWindowBits);
        Assert.Equal(15, DeflateCodec.MinWindowBits(DeflateBackend.Managed));
    }

    private static int LongestDistance(int windowBits, bool takeover, int level)
    {
        using MessageDeflater deflater = Codecs.Deflater(native: true, takeover, windowBits, level);
        int period = (1 << windowBits) * 3 / 4;
        List<byte> stream = [];
        foreach (byte[] message in new[]
            { Messages.Periodic(6, period, 3 * period), Messages.Json(6, 5000), Messages.Periodic(6, 700, 3000) })
        {
            stream.AddRange(Codecs.WithTail(deflater.Compress(message)));
        }

        ReferenceInflater reference = ReferenceInflater.Decode([.. stream]);
        Assert.False(reference.IsCorrupt);
        return reference.LongestDistance;
    }
}
