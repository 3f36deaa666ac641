using System.Buffers;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class AllocationTests
{
    [Fact]
    public void PooledCodecs_PerMessage_AllocateNothing()
    {
        using MessageDeflaterPool deflaters = new();
        using MessageInflaterPool inflaters = new();
        ArrayBufferWriter<byte> payload = new(1 << 16);
        ArrayBufferWriter<byte> message = new(1 << 16);
        byte[] sent = Messages.Json(1, 3000);
        ReadOnlySequence<byte> segmented = Codecs.Sequence([.. sent.Chunk(700)]);

        Pass(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(500);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(sent, message.WrittenSpan);

        void Pass(int times)
        {
            for (int i = 0; i < times; i++)
            {
                payload.ResetWrittenCount();
                message.ResetWrittenCount();
                MessageDeflater deflater = deflaters.Rent();
                if (i % 2 == 0)
                {
                    deflater.Compress(sent, payload);
                }
                else
                {
                    deflater.Compress(segmented, payload);
                }

                deflaters.Return(deflater);
                MessageInflater inflater = inflaters.Rent();
                inflater.Write(payload.WrittenSpan[..100], false, message, 10_000);
                inflater.Write(payload.WrittenSpan[100..], true, message, 10_000);
                inflaters.Return(inflater);
            }
        }
    }

    [Fact]
    public void TakeoverCodecs_PerMessage_AllocateNothing()
    {
        using MessageDeflater deflater = new(contextTakeover: true);
        using MessageInflater inflater = new(contextTakeover: true);
        ArrayBufferWriter<byte> payload = new(1 << 16);
        ArrayBufferWriter<byte> message = new(1 << 16);
        byte[] sent = Messages.Json(2, 3000);

        Pass(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(500);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(sent, message.WrittenSpan);

        void Pass(int times)
        {
            for (int i = 0; i < times; i++)
            {
                payload.ResetWrittenCount();
                message.ResetWrittenCount();
                deflater.Compress(sent, payload);
                inflater.Write(payload.WrittenSpan, true, message, 10_000);
            }
        }
    }
}
