using System.IO.Compression;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>Messages of permessage-deflate (RFC 7692 §6 and §7.2), as the reader sees them.</summary>
public sealed class MessageReaderCompressionTests : IDisposable
{
    private const int Rsv1 = 4;

    private static readonly byte[] Hello = [.. "Hello"u8];

    // RFC 7692 §7.2.3.1
    private static readonly byte[] CompressedHello = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];

    private readonly CountingSource _source = new();

    public static TheoryData<string, string> Examples() => new()
    {
        { "F248CDC9C90700", "one block" },
        { "000500FAFF48656C6C6F00", "a stored block, §7.2.3.3" },
        { "F348CDC9C9070000", "BFINAL set, §7.2.3.4" },
        { "F24805000000FFFFCAC9C90700", "two blocks, §7.2.3.5" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Read_ExampleOfTheRfc_IsHelloAtEverySplit(string payload, string what)
    {
        _ = what;
        byte[] bytes = Convert.FromHexString(payload);

        Reading().ExpectAtEverySplit(Wire.Client(Wire.Text, bytes, true, Rsv1), Happening.Of(ReadStatus.Text, Hello));
        Reading().ExpectAtEverySplit(
            [
                .. Wire.Client(Wire.Text, bytes[..3], false, Rsv1),
                .. Wire.Client(Wire.Ping, [1]),
                .. Wire.Client(Wire.Continuation, [], false),
                .. Wire.Client(Wire.Continuation, bytes[3..]),
            ],
            Happening.Of(ReadStatus.Ping, 1),
            Happening.Of(ReadStatus.Text, Hello));
    }

    [Fact]
    public void Read_CompressedAndPlainMessages_TakeTurnsAndHoldNoInflaterBetween()
    {
        byte[] stream =
        [
            .. Wire.Client(Wire.Text, CompressedHello, true, Rsv1),
            .. Wire.Client(Wire.Text, Hello),
            .. Wire.Client(Wire.Binary, CompressedHello, true, Rsv1),
            .. Wire.Client(Wire.Text, [0], true, Rsv1),
            .. Wire.Client(Wire.Binary, CompressedHello),
        ];

        Reading().ExpectAtEverySplit(
            stream,
            Happening.Of(ReadStatus.Text, Hello),
            Happening.Of(ReadStatus.Text, Hello),
            Happening.Of(ReadStatus.Binary, Hello),
            Happening.Of(ReadStatus.Text),
            Happening.Of(ReadStatus.Binary, CompressedHello));
        Assert.Equal(3 * (stream.Length + 1), _source.Rents);
        Assert.False(_source.IsOut);
    }

    [Fact]
    public void Read_Rsv1WhereItMayNotStand_IsAViolation()
    {
        Reading().ExpectAtEverySplit(
            [
                .. Wire.Client(Wire.Text, CompressedHello[..2], false, Rsv1),
                .. Wire.Client(Wire.Continuation, CompressedHello[2..], true, Rsv1),
            ],
            Happening.Of(ProtocolViolation.CompressedContinuation));
        Reading().ExpectAtEverySplit(
            [.. Wire.Client(Wire.Text, Hello, false), .. Wire.Client(Wire.Continuation, CompressedHello, true, Rsv1)],
            Happening.Of(ProtocolViolation.CompressedContinuation));
        foreach (int opcode in new[] { Wire.Ping, Wire.Pong, Wire.Close })
        {
            Reading().ExpectAtEverySplit(
                Wire.Client(opcode, [], true, Rsv1), Happening.Of(ProtocolViolation.ReservedBits));
        }

        Reading().ExpectAtEverySplit(
            Wire.Client(Wire.Text, CompressedHello, true, 6), Happening.Of(ProtocolViolation.ReservedBits));
        Assert.False(_source.IsOut);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5000)]
    public void Read_InflatedSizeOfExactlyTheLimit_IsTakenAndOneByteMoreIsNot(int limit)
    {
        var reading = new Reading { Inflaters = _source, Limits = new MessageLimits { MaxMessageBytes = limit } };
        byte[] payload = [.. Enumerable.Range(0, limit).Select(i => (byte)(i * i))];

        reading.ExpectAtEverySplit(Compressed(Wire.Binary, payload), Happening.Of(ReadStatus.Binary, payload));
        reading.ExpectAtEverySplit(
            Compressed(Wire.Binary, [.. payload, 1]), Happening.Of(ProtocolViolation.MessageTooBig));
        Assert.False(_source.IsOut);
    }

    [Fact]
    public void Read_CompressedSize_CountsForTheFrameLimitOnly()
    {
        // A stored block for each byte: six times as long as what it holds.
        byte[] payload = [.. Enumerable.Repeat<byte[]>([0, 1, 0, 0xFE, 0xFF, 0x61], 30).SelectMany(block => block), 0];
        Happening expected = Happening.Of(ReadStatus.Text, [.. Enumerable.Repeat((byte)0x61, 30)]);
        byte[] frame = Wire.Client(Wire.Text, payload, true, Rsv1);

        new Reading { Inflaters = _source, Limits = new() { MaxMessageBytes = 30, MaxFrameBytes = payload.Length } }
            .ExpectAtEverySplit(frame, expected);
        new Reading { Inflaters = _source, Limits = new() { MaxMessageBytes = 30, MaxFrameBytes = payload.Length - 1 } }
            .ExpectAtEverySplit(frame, Happening.Of(ProtocolViolation.FrameTooBig));
    }

    [Fact]
    public void Read_Bomb_IsRefusedAtTheLimitWithoutGrowingBeyondIt()
    {
        byte[] bomb = Compressed(Wire.Binary, new byte[50_000_000]);
        var reader = new MessageReader(new MessageLimits { MaxMessageBytes = 100_000 }, true, _source);
        int position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(ReadStatus.Violation, reader.Read(bomb, ref position, out _));

        Assert.Equal(ProtocolViolation.MessageTooBig, reader.Violation);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000);
        Assert.False(_source.IsOut);
    }

    [Fact]
    public void Read_CorruptData_IsAViolationAndGivesTheInflaterBack()
    {
        // A block of the reserved type, and a distance that reaches back before the message.
        foreach (byte[] payload in new byte[][] { [0x06], [0x02, 0x02, 0x00] })
        {
            Reading().ExpectAtEverySplit(
                Wire.Client(Wire.Binary, payload, true, Rsv1), Happening.Of(ProtocolViolation.Compression));
            Assert.False(_source.IsOut);
        }
    }

    [Fact]
    public void Read_TextThatIsNotUtf8_IsRefusedWithinTheMessage()
    {
        byte[] text = [.. "κόσμε"u8, 0xED, 0xA0, 0x80, .. Enumerable.Repeat((byte)'x', 500)];

        Reading().ExpectAtEverySplit(Compressed(Wire.Text, text), Happening.Of(ProtocolViolation.Text));
        Reading().ExpectAtEverySplit(Compressed(Wire.Text, [0x61, 0xC3]), Happening.Of(ProtocolViolation.Text));
    }

    [Fact]
    public void Read_TextBothWrongAndTooLong_HasOneCodeAtEverySplit()
    {
        var reading = new Reading { Inflaters = _source, Limits = new MessageLimits { MaxMessageBytes = 100 } };

        reading.ExpectAtEverySplit(
            Compressed(Wire.Text, [0x61, 0xFF, .. new byte[500]]), Happening.Of(ProtocolViolation.Text));
    }

    [Fact]
    public void Release_WithinCompressedMessage_GivesTheInflaterBack()
    {
        var reader = new MessageReader(new MessageLimits(), true, _source);
        int position = 0;
        reader.Read(Wire.Client(Wire.Text, CompressedHello, false, Rsv1), ref position, out _);
        Assert.True(_source.IsOut);

        reader.Release();

        Assert.False(_source.IsOut);
    }

    public void Dispose() => _source.Dispose();

    private static byte[] Compressed(int opcode, byte[] message)
    {
        var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(message);
            deflate.Flush();
            compressed.SetLength(compressed.Length - 4);
            return Wire.Client(opcode, compressed.ToArray(), true, Rsv1);
        }
    }

    private Reading Reading() => new() { Inflaters = _source };
}
