using System.Buffers;
using Switchboard.Core.Feeds;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Sessions;

/// <summary>Writes events to one session's socket: encoded, compressed where that was negotiated, put in line.</summary>
internal sealed class SessionWriter(Outbound outbound, IEnvelopeCodec codec, PerMessageDeflate? deflate)
{
    [ThreadStatic]
    private static PooledBuffer? _payload;

    [ThreadStatic]
    private static PooledBuffer? _compressed;

    public IEnvelopeCodec Codec => codec;

    public PerMessageDeflate? Deflate => deflate;

    /// <summary>Writes an event that was asked for, or that must not be lost.</summary>
    public void Write<TEvent>(TEvent what, Encoder<TEvent> encode)
    {
        PooledBuffer payload = _payload ??= new PooledBuffer();
        FrameKind kind = encode(codec, payload, what);
        Write(kind.ToOpcode(), payload.Written);
        payload.Clear();
    }

    /// <summary>Writes a feed's message for this session alone; false when the queue is full.</summary>
    public bool TryWrite(FeedId feed, FeedEntry entry, bool bounded)
    {
        if (bounded && !outbound.HasRoomFor(entry.Payload.Length))
        {
            return false;
        }

        Write(
            new MessageEvent(feed.ToWire(), WireMapping.ToMessage(entry)),
            static (codec, output, message) => codec.Encode(output, message));
        return true;
    }

    private void Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (deflate is null)
        {
            outbound.Send(opcode, payload);
            return;
        }

        PooledBuffer compressed = _compressed ??= new PooledBuffer();
        if (deflate.IsShared)
        {
            WriteCompressed(opcode, payload, compressed);
        }
        else
        {
            lock (deflate.Order)
            {
                WriteCompressed(opcode, payload, compressed);
            }
        }

        compressed.Clear();
    }

    private void WriteCompressed(Opcode opcode, ReadOnlySpan<byte> payload, PooledBuffer compressed)
    {
        bool pays = deflate!.TryCompress(payload, compressed);
        outbound.Send(opcode, pays ? compressed.Written : payload, pays);
    }

    /// <summary>Writes one kind of event.</summary>
    internal delegate FrameKind Encoder<TEvent>(IEnvelopeCodec codec, IBufferWriter<byte> output, TEvent what);
}
