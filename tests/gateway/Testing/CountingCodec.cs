using System.Buffers;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>The JSON codec, counting how often it writes a message of a feed; it can be made to fail at one.</summary>
internal sealed class CountingCodec : IEnvelopeCodec
{
    private readonly JsonEnvelopeCodec _inner = new();

    public int Messages { get; private set; }

    /// <summary>Which message it fails at, counted from 1; 0 for none.</summary>
    public int FailsAt { get; init; }

    public string Subprotocol => _inner.Subprotocol;

    public bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, Span<byte> scratch, out Command command, out ErrorEvent error) =>
        _inner.TryDecode(message, frame, scratch, out command, out error);

    public FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message)
    {
        if (++Messages == FailsAt)
        {
            throw new InvalidOperationException("the codec was told to fail");
        }

        return _inner.Encode(output, message);
    }

    public FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome) => _inner.Encode(output, welcome);

    public FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined) => _inner.Encode(output, joined);

    public FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left) => _inner.Encode(output, left);

    public FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published) => _inner.Encode(output, published);

    public FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent) => _inner.Encode(output, sent);

    public FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history) => _inner.Encode(output, history);

    public FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence) => _inner.Encode(output, presence);

    public FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change) => _inner.Encode(output, change);

    public FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok) => _inner.Encode(output, ok);

    public FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong) => _inner.Encode(output, pong);

    public FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost) => _inner.Encode(output, lost);

    public FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring) => _inner.Encode(output, expiring);

    public FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error) => _inner.Encode(output, error);
}
