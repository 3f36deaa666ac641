using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageReaderTests
{
    private static readonly byte[] Hello = [.. "Hello"u8];

    // RFC 6455 §5.7
    [Fact]
    public void Read_ExamplesOfTheRfc_AreReported()
    {
        var server = new Reading();
        server.ExpectAtEverySplit(
            [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], Happening.Of(ReadStatus.Text, Hello));
        server.ExpectAtEverySplit(
            [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58], Happening.Of(ReadStatus.Pong, Hello));

        var client = new Reading { PeerIsClient = false };
        client.ExpectAtEverySplit([0x81, 0x05, .. Hello], Happening.Of(ReadStatus.Text, Hello));
        client.ExpectAtEverySplit(
            [0x01, 0x03, .. "Hel"u8, 0x80, 0x02, .. "lo"u8], Happening.Of(ReadStatus.Text, Hello));
        client.ExpectAtEverySplit([0x89, 0x05, .. Hello], Happening.Of(ReadStatus.Ping, Hello));
    }

    [Fact]
    public void Read_FragmentsWithControlFramesBetween_YieldsEachWhereItEnds()
    {
        byte[] text = [.. "Grüße 😀"u8];
        byte[] stream =
        [
            .. Wire.Client(Wire.Ping, [1, 2]),
            .. Wire.Client(Wire.Text, text[..3], fin: false),
            .. Wire.Client(Wire.Ping, []),
            .. Wire.Client(Wire.Continuation, [], fin: false, key: [0, 0, 0, 0]),
            .. Wire.Client(Wire.Continuation, text[3..10], fin: false, key: [9, 8, 7, 6]),
            .. Wire.Client(Wire.Pong, [.. Enumerable.Repeat((byte)5, 125)]),
            .. Wire.Client(Wire.Continuation, text[10..]),
            .. Wire.Client(Wire.Binary, [0xFF, 0xFE]),
            .. Wire.Client(Wire.Text, []),
            .. Wire.Client(Wire.Binary, [7], fin: false),
            .. Wire.Client(Wire.Continuation, []),
            .. Wire.CloseFrame(1000, "bye"),
        ];

        new Reading().ExpectAtEverySplit(
            stream,
            Happening.Of(ReadStatus.Ping, 1, 2),
            Happening.Of(ReadStatus.Ping),
            Happening.Of(ReadStatus.Pong, [.. Enumerable.Repeat((byte)5, 125)]),
            Happening.Of(ReadStatus.Text, text),
            Happening.Of(ReadStatus.Binary, 0xFF, 0xFE),
            Happening.Of(ReadStatus.Text),
            Happening.Of(ReadStatus.Binary, 7),
            Happening.Of(ReadStatus.Close, Wire.ClosePayload(1000, "bye")));
    }

    [Fact]
    public void Read_OnlyEmptyFragments_IsAnEmptyMessage()
    {
        byte[] stream =
        [
            .. Wire.Client(Wire.Text, [], fin: false),
            .. Wire.Client(Wire.Continuation, [], fin: false),
            .. Wire.Client(Wire.Continuation, []),
            .. Wire.Client(Wire.Ping, [1]),
        ];

        new Reading().ExpectAtEverySplit(stream, Happening.Of(ReadStatus.Text), Happening.Of(ReadStatus.Ping, 1));
    }

    [Theory]
    [InlineData(124)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public void Read_FrameAtLengthBoundary_IsTheSameAtEverySplitNearItsEdges(int length)
    {
        byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
        byte[] stream = [.. Wire.Client(Wire.Binary, payload), .. Wire.Client(Wire.Ping, [9])];
        var reading = new Reading { Limits = new MessageLimits { MaxMessageBytes = 200_000 } };
        Happening[] expected = [Happening.Of(ReadStatus.Binary, payload), Happening.Of(ReadStatus.Ping, 9)];

        foreach (int cut in Enumerable.Range(1, 40).Concat(Enumerable.Range(stream.Length - 40, 40)))
        {
            Assert.Equal(expected, reading.Cut(stream, cut));
        }

        Assert.Equal(expected, reading.Cut(stream, Enumerable.Range(1, stream.Length - 1)));
        IEnumerable<int> primes = Enumerable.Range(1, (stream.Length - 1) / 1013).Select(i => i * 1013);
        Assert.Equal(expected, reading.Cut(stream, primes));
    }

    [Fact]
    public void Read_AfterClose_ReportsNothing()
    {
        byte[] stream = [.. Wire.Client(Wire.Close, []), .. Wire.Client(Wire.Ping, [1]), 0xFF, 0xFF];

        new Reading().ExpectAtEverySplit(stream, Happening.Of(ReadStatus.Close));
    }

    [Fact]
    public void Read_CloseWithinFragmentedMessage_IsReported()
    {
        byte[] stream =
        [
            .. Wire.Client(Wire.Text, Hello, fin: false),
            .. Wire.CloseFrame(4999),
            .. Wire.Client(Wire.Continuation, Hello),
        ];

        new Reading().ExpectAtEverySplit(stream, Happening.Of(ReadStatus.Close, Wire.ClosePayload(4999)));
    }

    [Fact]
    public void Read_WholeFrame_IsHandedOutInPlace()
    {
        byte[] input = Wire.Client(Wire.Text, Hello);
        var reader = new MessageReader(new MessageLimits());
        int position = 0;

        Assert.Equal(ReadStatus.Text, reader.Read(input, ref position, out Span<byte> payload));

        Assert.True(payload.Overlaps(input, out int offset));
        Assert.Equal(6, -offset);
    }

    [Fact]
    public void IsMidMessage_AtEveryByte_IsWhetherSomethingIsUnfinished()
    {
        byte[] first = Wire.Client(Wire.Ping, [1]);
        byte[] second =
            [.. Wire.Client(Wire.Text, Hello, fin: false), .. first, .. Wire.Client(Wire.Continuation, Hello)];
        byte[] stream = [.. first, .. second, .. first];
        int[] betweenMessages = [first.Length, first.Length + second.Length, stream.Length];
        var reader = new MessageReader(new MessageLimits());
        Assert.False(reader.IsMidMessage);
        for (int i = 0; i < stream.Length; i++)
        {
            int position = 0;
            reader.Read(stream.AsSpan(i, 1), ref position, out _);
            Assert.Equal(!betweenMessages.Contains(i + 1), reader.IsMidMessage);
        }
    }

    [Fact]
    public void Release_WithinMessage_ReadsNothingMore()
    {
        var reader = new MessageReader(new MessageLimits());
        int position = 0;
        reader.Read(Wire.Client(Wire.Binary, Hello, fin: false), ref position, out _);

        reader.Release();
        reader.Release();

        byte[] rest = Wire.Client(Wire.Continuation, Hello);
        position = 0;
        Assert.Equal(ReadStatus.NeedMore, reader.Read(rest, ref position, out Span<byte> payload));
        Assert.True(payload.IsEmpty);
        Assert.Equal(rest.Length, position);
        Assert.Null(reader.Violation);
    }
}
