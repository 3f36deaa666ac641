using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class MessageInflaterTests
{
    /// <summary>RFC 7692 §7.2.3.1 to §7.2.3.6 but for the second message of a takeover, and more of BFINAL.</summary>
    public static TheoryData<string, string> Examples => new()
    {
        { "F248CDC9C90700", "Hello" },
        { "F248050000 00FFFFCAC9C90700", "Hello" },
        { "00 0500FAFF48656C6C6F 00", "Hello" },
        { "F348CDC9C90700 00", "Hello" },
        { "00", "" },
        { "F348CDC9C90700 F248CDC9C90700", "HelloHello" },
        { "F348CDC9C90700 F348CDC9C90700 00", "HelloHello" },
        { "01 0500FAFF48656C6C6F 00 0500FAFF48656C6C6F 00", "HelloHello" },
        { "F248CDC9C90700 0000FFFF F348CDC9C90700 0300 00", "HelloHello" },
    };

    [Theory, MemberData(nameof(Examples))]
    public void Write_KnownPayload_DecodesAtEverySplit(string payloadText, string expected)
    {
        byte[] payload = Convert.FromHexString(payloadText.Replace(" ", "", StringComparison.Ordinal));
        byte[] message = System.Text.Encoding.ASCII.GetBytes(expected);
        foreach (bool native in new[] { true, false })
        {
            foreach (bool takeover in new[] { true, false })
            {
                using MessageInflater inflater = Codecs.Inflater(native, takeover);
                foreach (byte[][] pieces in Splits(payload))
                {
                    Codecs.AssertDecoded(message, inflater.Decompress(pieces));
                }
            }
        }
    }

    [Theory, EachBackend]
    public void Write_SecondMessageOfTheRfc_NeedsTheKeptWindow(bool native)
    {
        // RFC 7692 §7.2.3.2.
        byte[] first = Convert.FromHexString("F248CDC9C90700");
        byte[] second = Convert.FromHexString("F200110000");
        using MessageInflater keeping = Codecs.Inflater(native, takeover: true);
        using MessageInflater forgetting = Codecs.Inflater(native, takeover: false);

        Codecs.AssertDecoded(Messages.Hello, keeping.Decompress(first));
        Codecs.AssertDecoded(Messages.Hello, keeping.Decompress(second));
        Codecs.AssertDecoded(Messages.Hello, forgetting.Decompress(first));
        Assert.Equal(InflateStatus.Corrupt, forgetting.Decompress(second).Status);

        keeping.Reset();
        Assert.Equal(InflateStatus.Corrupt, keeping.Decompress(second).Status);
    }

    [Theory, EachBackend]
    public void Write_ReferenceBeforeABfinalBlock_IsCorrupt(bool native)
    {
        using MessageInflater inflater = Codecs.Inflater(native, takeover: true);

        Assert.Equal(InflateStatus.Ok, inflater.Decompress(Convert.FromHexString("F348CDC9C9070000")).Status);
        Assert.Equal(InflateStatus.Corrupt, inflater.Decompress(Convert.FromHexString("F200110000")).Status);
    }

    [Theory, EachBackend]
    public void Write_CompressedJson_DecodesAtEverySplit(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        byte[] message = Messages.Json(1, 60);
        foreach (byte[][] pieces in Splits(deflater.Compress(message)))
        {
            Codecs.AssertDecoded(message, inflater.Decompress(pieces));
        }
    }

    [Theory, EachBackend]
    public void Write_SecondMessageOfATakeover_DecodesAtEverySplit(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native, takeover: true);
        using MessageInflater inflater = Codecs.Inflater(native, takeover: true);
        byte[] message = Messages.Json(1, 300);
        byte[] first = deflater.Compress(message);
        foreach (byte[][] pieces in Splits(deflater.Compress(message)))
        {
            Codecs.AssertDecoded(message, inflater.Decompress(first));
            Codecs.AssertDecoded(message, inflater.Decompress(pieces));
            inflater.Reset();
        }
    }

    [Theory, EachBackend]
    public void Write_LimitAtEveryLength_GivesNoByteMore(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        byte[] message = Messages.Json(2, 1500);
        byte[] payload = deflater.Compress(message);
        for (int limit = 0; limit < message.Length; limit++)
        {
            (InflateStatus status, byte[] written) = inflater.Decompress([.. payload.Chunk(100)], limit);

            Assert.Equal(InflateStatus.TooLarge, status);
            Assert.True(message.AsSpan(0, limit).StartsWith(written));
            inflater.Reset();
        }

        Codecs.AssertDecoded(message, inflater.Decompress(payload, message.Length));
        Codecs.AssertDecoded(message, inflater.Decompress(payload, message.Length + 1));
        Codecs.AssertDecoded([], inflater.Decompress([0], 0));
    }

    [Theory, EachBackend]
    public void Write_ExcessAndThenCorruptData_IsTooLargeAtEverySplit(bool native)
    {
        // A stored block of two bytes, and a block of the reserved type.
        byte[] payload = Convert.FromHexString("000200FDFF0300DF");
        using MessageInflater inflater = Codecs.Inflater(native);
        foreach (byte[][] pieces in Splits(payload))
        {
            Assert.Equal(InflateStatus.TooLarge, inflater.Decompress(pieces, 1).Status);
            inflater.Reset();
            Assert.Equal(InflateStatus.Corrupt, inflater.Decompress(pieces, 2).Status);
            inflater.Reset();
        }
    }

    [Theory, EachBackend]
    public void Write_AfterAFailure_SaysItAgainUntilReset(bool native)
    {
        using MessageInflater inflater = Codecs.Inflater(native);
        ExactWriter output = new();
        byte[] hello = Convert.FromHexString("F248CDC9C90700");

        Assert.Equal(InflateStatus.TooLarge, inflater.Write(hello, false, output, 4));
        Assert.Equal(InflateStatus.TooLarge, inflater.Write(hello, true, output, 100));
        inflater.Reset();
        Assert.Equal(InflateStatus.Corrupt, inflater.Write([0x07], false, output, 100));
        Assert.Equal(InflateStatus.Corrupt, inflater.Write(hello, true, output, 100));
        Assert.InRange(output.Length, 0, 4);
        inflater.Reset();
        Codecs.AssertDecoded(Messages.Hello, inflater.Decompress(hello, 5));
    }

    [Theory, EachBackend]
    public void Write_BombOfAGibibyte_StopsAtTheLimitInBoundedMemory(bool native)
    {
        const int Limit = 1 << 20;
        byte[] bomb = ZeroBomb();
        using MessageInflater inflater = Codecs.Inflater(native);
        foreach (int piece in new[] { bomb.Length, 1000, 1 })
        {
            ExactWriter output = new();
            InflateStatus status = InflateStatus.Ok;
            for (int at = 0; at < bomb.Length && status == InflateStatus.Ok; at += piece)
            {
                int length = Math.Min(piece, bomb.Length - at);
                status = inflater.Write(bomb.AsSpan(at, length), final: false, output, Limit);
            }

            Assert.Equal(InflateStatus.TooLarge, status);
            Assert.Equal(Limit, output.Length);
            Assert.InRange(output.LargestRoom, 1, 32 * 1024);
            inflater.Reset();
        }
    }

    [Theory, EachBackend]
    public void Write_MessageThatFillsItsRoom_AsksForNoMoreThanTheLimit(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        byte[] payload = deflater.Compress(new byte[300]);
        ExactWriter output = new();

        Assert.Equal(InflateStatus.Ok, inflater.Write(payload, true, output, 300));
        Assert.Equal((300, 300), (output.Length, output.LargestRoom));
    }

    [Theory, EachBackend]
    public void Write_EndOfALargeMessage_AsksForNoRoomForTheTail(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        ExactWriter output = new();

        inflater.Write(deflater.Compress(new byte[20_000]), true, output, 100_000);

        Assert.Equal((20_000, 1), (output.Length, output.LastRoom));
    }

    [Fact]
    public void Constructor_OutOfBounds_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageInflater(false, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageInflater(false, 16));
        using MessageInflater inflater = new(false);
        Assert.Throws<ArgumentOutOfRangeException>(() => inflater.Write([0], true, new ExactWriter(), -1));
    }

    /// <summary>The payload whole, in single bytes, and in three pieces cut everywhere, empty ones too.</summary>
    private static IEnumerable<byte[][]> Splits(byte[] payload)
    {
        yield return [payload];
        yield return [.. payload.Select(value => new[] { value })];
        yield return [.. payload.Select(value => new[] { value }), []];
        for (int i = 0; i <= payload.Length; i++)
        {
            for (int j = i; j <= payload.Length; j++)
            {
                yield return [payload[..i], payload[i..j], payload[j..]];
            }
        }
    }

    /// <summary>64 times 16 MiB of zeros, each decodable alone, so they are compressed once.</summary>
    private static byte[] ZeroBomb()
    {
        using MessageDeflater deflater = Codecs.Deflater(native: true);
        byte[] part = Codecs.WithTail(deflater.Compress(new byte[16 << 20]));
        return [.. Enumerable.Repeat(part, 64).SelectMany(bytes => bytes)];
    }
}
