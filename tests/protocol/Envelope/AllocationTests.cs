using System.Buffers;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class AllocationTests
{
    private static readonly JsonEnvelopeCodec Codec = new();

    [Theory]
    [InlineData("""{"type":"publish","id":17,"room":"lobby","data":{"text":"hello","n":[1,2,3]},"key":"k-1","echo":false}""")]
    [InlineData("""{"type":"publish","id":17,"room":"\u006cobby\ud83d\ude00","class":"latest","slot":"\u0073","data":"\u0041"}""")]
    [InlineData("""{"type":"send","user":"bob","class":"volatile","data":1}""")]
    [InlineData("""{"type":"join","room":"lobby","position":{"epoch":"0123456789abcdef","offset":7},"state":{"a":1}}""")]
    [InlineData("""{"type":"history","room":"lobby","before":{"epoch":"0123456789abcdef","offset":7},"limit":3}""")]
    [InlineData("""{"type":"ping","id":3}""")]
    public void Decode_Command_AllocatesNothing(string json)
    {
        byte[] message = System.Text.Encoding.UTF8.GetBytes(json);
        byte[] scratch = new byte[EnvelopeLimits.ScratchBytes];

        long allocated = Allocated(() =>
        {
            if (!Codec.TryDecode(message, FrameKind.Text, scratch, out _, out _))
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
        long allocated = Allocated(() =>
        {
            output.ResetWrittenCount();
            Codec.Encode(output, new MessageEvent(FeedRef.OfRoom("lobby"), message));
        });

        Assert.Equal(0, allocated);
    }

    internal static long Allocated(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
