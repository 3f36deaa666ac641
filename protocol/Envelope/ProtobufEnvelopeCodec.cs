using System.Buffers;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Protobuf;

namespace Switchboard.Protocol.Envelope;

/// <summary>The client protocol in protobuf, as protocol/switchboard.v1.proto specifies it. Every frame is binary.</summary>
public sealed class ProtobufEnvelopeCodec : IEnvelopeCodec
{
    /// <summary>The subprotocol's name.</summary>
    public const string Name = "switchboard.v1.protobuf";

    /// <inheritdoc/>
    public string Subprotocol => Name;

    /// <inheritdoc/>
    /// <remarks>Nothing is escaped here, so the scratch is not used.</remarks>
    public bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, Span<byte> scratch, out Command command, out ErrorEvent error) =>
        ProtoCommandDecoder.TryDecode(message, frame, out command, out error);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message) =>
        ProtoMessageEncoder.Encode(output, message);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome) =>
        ProtoWelcomeEncoder.Encode(output, welcome);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined) =>
        ProtoRoomEncoder.Encode(output, joined);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left) => ProtoRoomEncoder.Encode(output, left);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published) =>
        ProtoAnswerEncoder.Encode(output, published);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent) => ProtoAnswerEncoder.Encode(output, sent);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history) =>
        ProtoMessageEncoder.Encode(output, history);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence) =>
        ProtoRoomEncoder.Encode(output, presence);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change) =>
        ProtoRoomEncoder.Encode(output, change);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok) => ProtoAnswerEncoder.Encode(output, ok);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong) => ProtoAnswerEncoder.Encode(output, pong);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost) => ProtoAnswerEncoder.Encode(output, lost);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring) =>
        ProtoAnswerEncoder.Encode(output, expiring);

    /// <inheritdoc/>
    public FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error) => ProtoAnswerEncoder.Encode(output, error);
}
