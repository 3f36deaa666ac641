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
    public void Write<TEvent>(TEvent what, Encoder<TEvent> encode) => Write(what, encode, bounded: false);

    /// <summary>
    /// Writes a feed's message for this session alone; false when the queue is full. A volatile one is dropped then.
    /// </summary>
    public bool TryWrite(FeedId feed, FeedEntry entry, bool bounded)
    {
        bool fits = !bounded || outbound.HasRoomFor(entry.Payload.Length);
        if (bounded && entry.Class == DeliveryClass.Volatile && (!fits || outbound.IsBehind))
        {
            outbound.Drop();
            return true;
        }

        if (!fits)
        {
            return false;
        }

        Write(
            new MessageEvent(feed.ToWire(), WireMapping.ToMessage(entry)),
            static (codec, output, message) => codec.Encode(output, message),
            bounded);
        return true;
    }

    private void Write<TEvent>(TEvent what, Encoder<TEvent> encode, bool bounded)
    {
        PooledBuffer payload = _payload ??= new PooledBuffer();
        FrameKind kind = encode(codec, payload, what);
        Write(kind.ToOpcode(), payload.Written, bounded);
        payload.Clear();
    }

    private void Write(Opcode opcode, ReadOnlySpan<byte> payload, bool bounded)
    {
        if (deflate is null)
        {
            outbound.Send(opcode, payload, compressed: false, bounded);
            return;
        }

        PooledBuffer compressed = _compressed ??= new PooledBuffer();
        if (deflate.IsShared)
        {
            WriteCompressed(opcode, payload, compressed, bounded);
        }
        else
        {
            lock (deflate.Order)
            {
                WriteCompressed(opcode, payload, compressed, bounded);
            }
        }

        compressed.Clear();
    }

    private void WriteCompressed(Opcode opcode, ReadOnlySpan<byte> payload, PooledBuffer compressed, bool bounded)
    {
        bool pays = deflate!.TryCompress(payload, compressed);
        outbound.Send(opcode, pays ? compressed.Written : payload, pays, bounded);
    }

    /// <summary>Writes one kind of event.</summary>
    internal delegate FrameKind Encoder<TEvent>(IEnvelopeCodec codec, IBufferWriter<byte> output, TEvent what);
}
