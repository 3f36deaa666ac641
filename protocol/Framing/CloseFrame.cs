using System.Buffers.Binary;
using System.Text.Unicode;

namespace Switchboard.Protocol.Framing;

/// <summary>The payload of a close frame (RFC 6455 §5.5.1): nothing, or a code and a reason.</summary>
public static class CloseFrame
{
    /// <summary>The longest reason, in bytes of UTF-8: 125 less the code.</summary>
    public const int MaxReasonBytes = 123;

    /// <summary>
    /// Reads the code of a valid payload; <see cref="CloseCode.NoStatus"/> for an empty one (§7.1.5).
    /// </summary>
    public static ushort ReadCode(ReadOnlySpan<byte> payload) =>
        payload.Length < 2 ? CloseCode.NoStatus : BinaryPrimitives.ReadUInt16BigEndian(payload);

    /// <summary>Writes a payload; a reason that is too long is cut between two characters.</summary>
    /// <param name="destination">At least 125 bytes.</param>
    /// <param name="code">The close code.</param>
    /// <param name="reason">Why, for whoever reads the peer's log.</param>
    /// <returns>The payload's length in bytes.</returns>
    public static int Write(Span<byte> destination, ushort code, string reason)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, code);
        Utf8.FromUtf16(reason, destination.Slice(2, MaxReasonBytes), out _, out int written);
        return 2 + written;
    }

    internal static ProtocolViolation? Check(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return null;
        }

        if (payload.Length == 1)
        {
            return ProtocolViolation.ClosePayload;
        }

        if (!CloseCode.MayBeSent(ReadCode(payload)))
        {
            return ProtocolViolation.CloseStatus;
        }

        return Utf8.IsValid(payload[2..]) ? null : ProtocolViolation.CloseReason;
    }
}
