namespace Switchboard.Protocol.Envelope.Fallbacks;

/// <summary>One command out of the body of a request, as it would stand in a message of a WebSocket.</summary>
/// <param name="Message">The message.</param>
/// <param name="Frame">Text; or binary, for a command that came with <c>base64</c>.</param>
public readonly record struct FallbackCommand(ReadOnlyMemory<byte> Message, FrameKind Frame);
