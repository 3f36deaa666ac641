using System.Buffers;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Json;

namespace Switchboard.Protocol.Envelope;

/// <summary>The client protocol in JSON, as docs/protocol.md specifies it.</summary>
public sealed class JsonEnvelopeCodec : IEnvelopeCodec
{
    /// <summary>The subprotocol's name.</summary>
    public const string Name = "switchboard.v1.json";

    /// <inheritdoc/>
    public string Subprotocol => Name;

    /// <inheritdoc/>
    public bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, Span<byte> scratch, out Command command, out ErrorEvent error)
    {
        if (scratch.Length < EnvelopeLimits.ScratchBytes)
        {
            throw new ArgumentException($"scratch must hold {EnvelopeLimits.ScratchBytes} bytes", nameof(scratch));
        }

        return JsonCommandDecoder.TryDecode(message, frame, scratch, out command, out error);
    }

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message) =>
        JsonMessageEncoder.Encode(output, message);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome) =>
        JsonWelcomeEncoder.Encode(output, welcome);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined) =>
        JsonRoomEncoder.Encode(output, joined);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left) => JsonRoomEncoder.Encode(output, left);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published) =>
        JsonAnswerEncoder.Encode(output, published);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent) => JsonAnswerEncoder.Encode(output, sent);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history) =>
        JsonHistoryEncoder.Encode(output, history);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence) =>
        JsonRoomEncoder.Encode(output, presence);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change) =>
        JsonRoomEncoder.Encode(output, change);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok) => JsonAnswerEncoder.Encode(output, ok);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong) => JsonAnswerEncoder.Encode(output, pong);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost) => JsonAnswerEncoder.Encode(output, lost);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring) =>
        JsonAnswerEncoder.Encode(output, expiring);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error) => JsonAnswerEncoder.Encode(output, error);
}
