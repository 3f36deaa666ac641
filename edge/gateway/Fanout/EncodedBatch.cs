using Switchboard.Core.Feeds;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fanout;

/// <summary>
/// A batch of a feed's entries as one codec writes them, encoded once for all members that use the codec: plain, and
/// deflated from the first member on that has compression. Used by one delivery after another, on one thread at a time.
/// </summary>
internal sealed class EncodedBatch(IEnvelopeCodec codec, FeedId feed) : IDisposable
{
    private readonly FeedRef _feed = feed.ToWire();
    private readonly PooledBuffer _payload = new();
    private readonly PooledBuffer _compressed = new();
    private OutboundFrame[] _plainFrames = new OutboundFrame[1];
    private OutboundFrame[] _deflatedFrames = [];
    private SharedBuffer? _plain;
    private SharedBuffer? _deflated;
    private int _count;

    public IEnvelopeCodec Codec => codec;

    /// <summary>The frames as every member can read them; valid until <see cref="Dispose"/>.</summary>
    public SharedBuffer Plain => _plain!;

    public ReadOnlySpan<OutboundFrame> PlainFrames => _plainFrames.AsSpan(0, _count);

    /// <summary>Encodes the entries, unless that was done since the last <see cref="Dispose"/>.</summary>
    public void EncodeOnce(IReadOnlyList<FeedEntry> entries)
    {
        if (_plain is not null)
        {
            return;
        }

        _count = entries.Count;
        if (_plainFrames.Length < _count)
        {
            _plainFrames = new OutboundFrame[Math.Max(_count, _plainFrames.Length * 2)];
        }

        _plain = SharedBuffer.Rent();
        for (int i = 0; i < _count; i++)
        {
            _plainFrames[i] = Append(_plain, entries[i]);
        }
    }

    /// <summary>The same frames, deflated where that pays.</summary>
    public SharedBuffer Deflated(PerMessageDeflate deflate, out ReadOnlySpan<OutboundFrame> frames)
    {
        if (_deflated is null)
        {
            if (_deflatedFrames.Length < _count)
            {
                _deflatedFrames = new OutboundFrame[_plainFrames.Length];
            }

            _deflated = SharedBuffer.Rent();
            for (int i = 0; i < _count; i++)
            {
                _deflatedFrames[i] = Deflate(deflate, _plainFrames[i]);
            }
        }

        frames = _deflatedFrames.AsSpan(0, _count);
        return _deflated;
    }

    /// <summary>Gives back the buffers; queues that hold a piece of one keep it alive.</summary>
    public void Dispose()
    {
        _plain?.Release();
        _deflated?.Release();
        _plain = _deflated = null;
        _payload.Clear();
        _compressed.Clear();
    }

    private OutboundFrame Append(SharedBuffer target, FeedEntry entry)
    {
        _payload.Rewind();
        FrameKind kind = codec.Encode(_payload, new MessageEvent(_feed, WireMapping.ToMessage(entry)));
        SlotKey? slot = entry.Class == DeliveryClass.Latest ? new SlotKey(feed, entry.Slot!) : null;
        return FrameEncoder.Append(
            target, kind.ToOpcode(), _payload.Written, compressed: false, entry.Class, slot);
    }

    private OutboundFrame Deflate(PerMessageDeflate deflate, in OutboundFrame plain)
    {
        ReadOnlySpan<byte> frame = _plain!.Written.Slice(plain.Start, plain.Length);
        FrameHeaderParser.TryRead(frame, out FrameHeader header);
        ReadOnlySpan<byte> payload = frame[header.Length..];
        _compressed.Rewind();
        bool pays = deflate.TryCompress(payload, _compressed);
        return FrameEncoder.Append(
            _deflated!, header.Opcode, pays ? _compressed.Written : payload, pays, plain.Class, plain.Slot);
    }
}
