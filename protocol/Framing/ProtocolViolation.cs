namespace Switchboard.Protocol.Framing;

/// <summary>What a peer did wrong: the close code to answer with, and a sentence for the close frame.</summary>
/// <param name="Code">The close code (RFC 6455 §7.4.1).</param>
/// <param name="Reason">What is wrong, at most 123 bytes of ASCII.</param>
public sealed record ProtocolViolation(ushort Code, string Reason)
{
    internal static readonly ProtocolViolation ReservedBits =
        Error("reserved bit set without an extension that uses it");
    internal static readonly ProtocolViolation ReservedOpcode = Error("reserved opcode");
    internal static readonly ProtocolViolation NotMasked = Error("a client's frame must be masked");
    internal static readonly ProtocolViolation Masked = Error("a server's frame must not be masked");
    internal static readonly ProtocolViolation Length = Error("payload length not minimal, or its highest bit set");
    internal static readonly ProtocolViolation FragmentedControl = Error("a control frame must not be fragmented");
    internal static readonly ProtocolViolation LongControl =
        Error("a control frame's payload must not exceed 125 bytes");
    internal static readonly ProtocolViolation StrayContinuation =
        Error("continuation without a message to go on with");
    internal static readonly ProtocolViolation UnfinishedMessage = Error("new message within a fragmented one");
    internal static readonly ProtocolViolation CompressedContinuation =
        Error("RSV1 on a frame that does not begin a message");
    internal static readonly ProtocolViolation ClosePayload =
        Error("a close frame's payload must be empty or begin with a code");
    internal static readonly ProtocolViolation CloseStatus = Error("close code not allowed on the wire");
    internal static readonly ProtocolViolation CloseReason = new(CloseCode.InvalidPayload, "close reason is not UTF-8");
    internal static readonly ProtocolViolation Text = new(CloseCode.InvalidPayload, "text is not UTF-8");
    internal static readonly ProtocolViolation Compression =
        new(CloseCode.InvalidPayload, "compressed data is corrupt");
    internal static readonly ProtocolViolation FrameTooBig = new(CloseCode.MessageTooBig, "frame too big");
    internal static readonly ProtocolViolation MessageTooBig = new(CloseCode.MessageTooBig, "message too big");
    internal static readonly ProtocolViolation TooManyFragments =
        new(CloseCode.PolicyViolation, "message has too many fragments");

    private static ProtocolViolation Error(string reason) => new(CloseCode.ProtocolError, reason);
}
