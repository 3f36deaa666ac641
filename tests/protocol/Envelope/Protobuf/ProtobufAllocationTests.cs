using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

public sealed class ProtobufAllocationTests
{
    private static readonly ProtobufEnvelopeCodec Codec = new();

    [Theory]
    [InlineData("""{"type":"publish","id":17,"room":"lobby","data":{"text":"hello","n":[1,2,3]},"key":"k-1","echo":false}""")]
    [InlineData("""{"type":"publish","id":17,"room":"lobby 😀","class":"latest","slot":"s","data":"\u0041"}""")]
    [InlineData("""{"type":"send","user":"bob","class":"volatile","data":1}""")]
    [InlineData("""{"type":"join","room":"lobby","position":{"epoch":"0123456789abcdef","offset":7},"state":{"a":1}}""")]
    [InlineData("""{"type":"history","room":"lobby","before":{"epoch":"0123456789abcdef","offset":7},"limit":3}""")]
    [InlineData("""{"type":"ping","id":3}""")]
    public void Decode_Command_AllocatesNothing(string json)
    {
        using var document = JsonDocument.Parse(json);
        byte[] message = CommandDocument.ToMessage(document.RootElement).ToByteArray();

        long allocated = AllocationTests.Allocated(() =>
        {
            if (!Codec.TryDecode(message, FrameKind.Binary, default, out _, out _))
            {
                throw new InvalidOperationException("not decoded");
            }
        });

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(DataKind.Json)]
    [InlineData(DataKind.Binary)]
    public void Encode_Message_AllocatesNothing(DataKind kind)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        var message = new FeedMessage
        {
            Offset = 7,
            Time = 1_767_225_600_123,
            FromUser = "ann \"é\"",
            FromConnection = "c-1",
            Class = MessageClass.Latest,
            Slot = "s",
            Data = new byte[64],
            DataKind = kind,
        };

        long allocated = AllocationTests.Allocated(() =>
        {
            output.ResetWrittenCount();
            Codec.Encode(output, new MessageEvent(FeedRef.OfRoom("lobby"), message));
            Codec.Encode(output, new PublishedEvent(1, "lobby", new FeedPosition(1, 2), false));
        });

        Assert.Equal(0, allocated);
    }
}
