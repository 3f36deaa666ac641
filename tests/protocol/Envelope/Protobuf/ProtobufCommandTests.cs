using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using static Switchboard.Protocol.Tests.Envelope.Protobuf.ProtoBytes;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

public sealed class ProtobufCommandTests
{
    private static readonly ProtobufEnvelopeCodec Codec = new();

    public static TheoryData<string> Commands { get; } = new(
        ((IEnumerable<object[]>)DecodeCommandTests.Valid).Concat(ProtocolPageTests.ClientExamples)
            .Select(row => (string)row[0]).Distinct());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Decode_CommandOfTheGeneratedClasses_MeansWhatItMeansInJson(string json)
    {
        using var document = JsonDocument.Parse(json);

        AssertSame(Decoded.From(json), Decode(CommandDocument.ToMessage(document.RootElement)));
    }

    [Theory]
    [MemberData(nameof(ProtocolPageTests.ClientBinaryExamples), MemberType = typeof(ProtocolPageTests))]
    public void Decode_BinaryCommandOfTheGeneratedClasses_MeansWhatItMeansInJson(string header)
    {
        using var document = JsonDocument.Parse(header);
        foreach (byte[] payload in new byte[][] { [], [0, 1, 255], new byte[100_000] })
        {
            AssertSame(
                Decoded.FromBinary(header, payload),
                Decode(CommandDocument.ToMessage(document.RootElement, payload)));
        }
    }

    [Fact]
    public void Decode_DataWithWhiteSpaceAndEscapes_IsHandedOnAsItWasSent()
    {
        const string Data = """{ "a" : "\u0041\n" , "b":1.0E2 }""";
        var publish = new V1.PublishCommand { Room = "r", Json = ByteString.CopyFromUtf8($" \r\n\t{Data}\n ") };

        Assert.Equal(Data, Encoding.UTF8.GetString(Decode(new V1.ClientMessage { Publish = publish }).Data));
    }

    [Fact]
    public void Decode_FieldsInAnyOrder_AreReadAlike()
    {
        byte[] body = Message(Text(6, "k"), Bytes(2, "1"u8.ToArray()), Text(1, "r"));

        Decoded command = Decode(Message(Bytes(5, body), Number(1, 7)));

        Assert.Equal((7, "r", "k"), (command.Id, command.Room, command.Key));
    }

    [Fact]
    public void Decode_ScalarGivenTwice_CountsAsGivenLast()
    {
        byte[] publish = Message(
            Text(1, ""), Text(1, "r"), Number(4, 9), Number(4, 0), Bytes(3, [1]), Bytes(2, "1"u8.ToArray()),
            Number(7, 1), Number(7, 0));
        byte[] send = Message(Text(1, "u"), Text(7, "c"), Bytes(2, "{"u8.ToArray()), Bytes(3, [1]));
        byte[] history = Message(Text(1, "r"), Number(2, 1));

        Decoded published = Decode(Message(Number(1, 1), Bytes(5, publish), Number(1, 2)));
        Decoded sent = Decode(Bytes(6, send));
        Decoded read = Decode(Bytes(7, history));

        Assert.Equal(
            (2, "r", MessageClass.Reliable, false, DataKind.Json),
            (published.Id, published.Room, published.Class, published.Echo, published.DataKind));
        Assert.Equal(("", "c", DataKind.Binary), (sent.User, sent.Connection, sent.DataKind));
        Assert.Equal(("", FeedScope.User), (read.Room, read.Feed));
    }

    [Fact]
    public void Decode_FieldsThatAreNotKnown_AreSkippedWhateverTheyAre()
    {
        byte[] unknown = Message(
            Number(12, ulong.MaxValue), Fixed(13, 1), Fixed32(14, 1), Bytes(15, [1, 2, 3]),
            Begin(14), Number(1, 5), Begin(3), End(3), Fixed32(2, 1), End(14));
        byte[] far = [.. Varint((((1UL << 29) - 1) << 3) | 0), 1];

        Decoded command = Decode(Message(unknown, Bytes(4, unknown, Text(1, "r"), far), far, Number(1, 3), unknown));

        Assert.Equal((CommandType.Leave, 3, "r"), (command.Type, command.Id, command.Room));
    }

    [Fact]
    public void Decode_NumberLongerThanItNeedBe_IsRead()
    {
        byte[] id = [1 << 3, 0x83, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00];

        Assert.Equal(3, Decode(Message(id, Bytes(10))).Id);
        Assert.Equal(3, Decode(Message([0x88, 0x00, 3], [0xD2, 0x80, 0x00, 0x80, 0x00])).Id);
    }

    [Fact]
    public void Decode_PositionWithoutItsFields_IsZero()
    {
        Decoded command = Decode(Bytes(3, Text(1, "r"), Bytes(2)));
        Decoded resumed = Decode(Bytes(2, Text(1, "t"), Bytes(2, Bytes(3, Text(1, "r")))));

        Assert.Equal(new FeedPosition(0, 0), command.Position);
        Assert.Equal(new FeedPosition(0, 0), resumed.Positions!.Rooms["r"]);
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(7, 64)]
    public void Decode_NameAtAndBeyondItsBound_CountsBytes(int field, int bytes)
    {
        foreach ((string text, int size) in new[] { ("a", 1), ("é", 2), ("\u20ac", 3), ("😀", 4) })
        {
            string fits = string.Concat(Enumerable.Repeat(text, bytes / size)) + new string('x', bytes % size);

            Assert.Null(Send(fits).Error);
            Assert.Equal("bad_name", Send(fits + "x").Error?.Code);
        }

        Decoded Send(string name) => Decode(Bytes(6, Text(field, name), Bytes(3)));
    }

    internal static Decoded Decode(V1.ClientMessage message) => Decode(message.ToByteArray());

    internal static Decoded Decode(byte[] message) => Decoded.From(message, FrameKind.Binary, Codec);

    private static void AssertSame(Decoded expected, Decoded actual)
    {
        Assert.Null(actual.Error);
        Assert.Equal(expected.Data, actual.Data);
        Assert.Equal(expected.State, actual.State);
        Assert.Equal(expected.Positions?.User, actual.Positions?.User);
        Assert.Equal(expected.Positions?.Connection, actual.Positions?.Connection);
        Assert.Equal(expected.Positions?.Rooms, actual.Positions?.Rooms);
        Assert.Equal(Scalars(expected), Scalars(actual));
    }

    private static object Scalars(Decoded command) => (
        (command.Type, command.Id, command.Room, command.User, command.Connection),
        (command.DataKind, command.Class, command.Slot, command.Key, command.Echo),
        (command.Presence, command.Position, command.Feed, command.NewestFirst, command.Limit, command.Resume));
}
