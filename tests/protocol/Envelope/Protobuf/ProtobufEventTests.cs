using System.Buffers;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

public sealed class ProtobufEventTests
{
    private static readonly ProtobufEnvelopeCodec Codec = new();

    public static TheoryData<string> Events { get; } = new(
        ((IEnumerable<object[]>)EncodeTests.Events).Concat(ProtocolPageTests.ServerExamples)
            .Select(row => (string)row[0]).Distinct());

    [Theory]
    [MemberData(nameof(Events))]
    public void Encode_Event_IsWhatTheGeneratedClassesReadAndWrite(string json) => AssertRewritten(json, payload: null);

    [Theory]
    [MemberData(nameof(ProtocolPageTests.ServerBinaryExamples), MemberType = typeof(ProtocolPageTests))]
    public void Encode_BinaryMessage_IsWhatTheGeneratedClassesReadAndWrite(string header)
    {
        AssertRewritten(header, []);
        AssertRewritten(header, [0, 1, 255]);
        AssertRewritten(header, new byte[100_000]);
    }

    [Fact]
    public void Encode_LargeHistory_IsWrittenWhole()
    {
        string base64 = Convert.ToBase64String(new byte[10_000]);
        string messages = string.Join(
            ",", Enumerable.Range(1, 100).Select(i => $$"""{"offset":{{i}},"time":1,"base64":"{{base64}}"}"""));

        AssertRewritten(
            $$"""{"type":"history","room":"r","epoch":"00000000000000ab","offset":5,"messages":[{{messages}}],"more":true}""",
            payload: null);
    }

    [Fact]
    public void Encode_SmallMessage_TakesLittleMoreThanHalfOfJson()
    {
        var body = new FeedMessage
        {
            Offset = 4711,
            Time = 1_767_225_600_123,
            FromUser = "ann",
            FromConnection = "W0sPnVNvQ8yNbYV9mzH1kA",
            Data = new byte[64],
        };
        var message = new MessageEvent(FeedRef.OfRoom("lobby"), body);
        var protobuf = new ArrayBufferWriter<byte>();
        var json = new ArrayBufferWriter<byte>();

        Codec.Encode(protobuf, message);
        new JsonEnvelopeCodec().Encode(json, message);

        Assert.Equal((116, 200), (protobuf.WrittenCount, json.WrittenCount));
    }

    [Fact]
    public void Encode_TextOfEveryLength_IsReadBack()
    {
        foreach (char unit in new[] { 'a', 'é', '\u20ac' })
        {
            for (int length = 0; length < 200; length++)
            {
                string text = new(unit, length);
                V1.ErrorEvent error = Written(new ErrorEvent(1, text, text, Room: text)).Error;

                Assert.Equal((text, text, text), (error.Code, error.Message, error.Room));
            }
        }
    }

    [Fact]
    public void Encode_AnyMessage_IsReadBackByTheGeneratedClasses() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>().Filter(text => text is not null),
            ArbMap.Default.ArbFor<long>(),
            ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes is not null),
            (text, number, data) =>
            {
                var body = new FeedMessage
                {
                    Offset = Math.Abs(number % EnvelopeLimits.MaxInteger),
                    Time = number,
                    FromUser = text,
                    FromConnection = text + text,
                    Class = (MessageClass)(Math.Abs(number % 3)),
                    Slot = text,
                    Data = data,
                    DataKind = DataKind.Binary,
                };
                V1.MessageEvent message = Written(new MessageEvent(FeedRef.OfRoom(text), body)).Message;

                // Half a surrogate pair has no UTF-8: .NET's encoder, like ours, puts U+FFFD in its place.
                string expected = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
                Assert.Equal(
                    (expected, (ulong)body.Offset, number, expected),
                    (message.Room, message.Offset, message.Time, message.Sender.User));
                Assert.Equal(data, message.Binary.ToByteArray());
                Assert.Equal((int)body.Class, (int)message.MessageClass);
                Assert.Equal(body.Class == MessageClass.Latest ? expected : null, message.HasSlot ? message.Slot : null);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Specification_HasTheTypesOfTheProtocol()
    {
        FileDescriptor file = V1.ClientMessage.Descriptor.File;
        string[] commands = [.. Enum.GetNames<Switchboard.Protocol.Envelope.Commands.CommandType>().Skip(1)];
        string[] events = [.. typeof(IEnvelopeCodec).GetMethods()
            .Where(method => method.Name == nameof(IEnvelopeCodec.Encode))
            .Select(method => method.GetParameters()[1].ParameterType)
            .Select(type => (type.GetElementType() ?? type).Name)];

        Assert.Equal("switchboard.v1", file.Package);
        Assert.Equal(
            commands.Select(name => $"{name}Command"),
            V1.ClientMessage.Descriptor.Oneofs.Single().Fields.Select(field => field.MessageType.Name));
        Assert.Equal(
            events.Order(),
            V1.ServerMessage.Descriptor.Oneofs.Single().Fields.Select(field => field.MessageType.Name).Order());
        Assert.All(
            file.MessageTypes.SelectMany(type => type.Fields.InDeclarationOrder()),
            field => Assert.InRange(field.FieldNumber, 1, 15));
    }

    private static V1.ServerMessage Written(in MessageEvent message)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(FrameKind.Binary, Codec.Encode(output, message));
        return V1.ServerMessage.Parser.ParseFrom(output.WrittenSpan);
    }

    private static V1.ServerMessage Written(in ErrorEvent error)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(FrameKind.Binary, Codec.Encode(output, error));
        return V1.ServerMessage.Parser.ParseFrom(output.WrittenSpan);
    }

    private static void AssertRewritten(string json, byte[]? payload)
    {
        using var expected = JsonDocument.Parse(json);
        var output = new ArrayBufferWriter<byte>();
        var stingy = new StingyWriter();

        Assert.Equal(FrameKind.Binary, EventOracle.Rewrite(expected.RootElement, output, payload, Codec));
        Assert.Equal(FrameKind.Binary, EventOracle.Rewrite(expected.RootElement, stingy, payload, Codec));

        V1.ServerMessage message = V1.ServerMessage.Parser.ParseFrom(output.WrittenSpan);
        (JsonElement document, byte[]? read) = EventDocument.FromMessage(message);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, document), $"{expected.RootElement} became {document}");
        Assert.Equal(payload, read);
        Assert.Equal(output.WrittenSpan, stingy.Written);

        // Nothing is there twice, in another order or with its default: the same bytes as the library's.
        Assert.Equal(message.ToByteArray(), output.WrittenSpan.ToArray());
    }
}
