using System.Buffers;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope;

/// <summary>
/// One encoding of the client protocol: reads a client's commands, writes the server's events. Holds no state of a
/// connection, so one instance serves all of them, on any thread.
/// </summary>
public interface IEnvelopeCodec
{
    /// <summary>The WebSocket subprotocol by which it is negotiated.</summary>
    string Subprotocol { get; }

    /// <summary>Reads one command. Never throws for what a peer sent.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="frame">The kind of frame that it came in.</param>
    /// <param name="scratch">
    /// Where strings that were escaped are unescaped; at least <see cref="EnvelopeLimits.ScratchBytes"/>. The command
    /// points into it and into <paramref name="message"/>.
    /// </param>
    /// <param name="command">The command; empty when there is none.</param>
    /// <param name="error">The answer to send when there is none, with its id where that could be read.</param>
    /// <exception cref="ArgumentException"><paramref name="scratch"/> is too small.</exception>
    bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, Span<byte> scratch, out Command command, out ErrorEvent error);

    /// <summary>Writes a message of a feed. Its data goes out as it is and must be what its kind says.</summary>
    /// <returns>The kind of frame to send what was written in; likewise below.</returns>
    FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message);

    /// <summary>Writes the answer to connect.</summary>
    FrameKind Encode(IBufferWriter<byte> output, WelcomeEvent welcome);

    /// <summary>Writes the answer to join.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined);

    /// <summary>Writes the answer to leave, or that the server ended a membership.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left);

    /// <summary>Writes the answer to publish.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published);

    /// <summary>Writes the answer to send.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent);

    /// <summary>Writes the answer to history.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history);

    /// <summary>Writes the answer to presence.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence);

    /// <summary>Writes what changed in a room's presence.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change);

    /// <summary>Writes the answer to a command that returns nothing.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok);

    /// <summary>Writes the answer to ping.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong);

    /// <summary>Writes that messages of a feed were lost.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost);

    /// <summary>Writes that a token ends soon.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring);

    /// <summary>Writes that a command failed.</summary>
    FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error);
}
