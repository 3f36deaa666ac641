using System.Buffers.Binary;

namespace Switchboard.Protocol.Framing;

/// <summary>Writes a frame's header (RFC 6455 §5.2), with the length in the fewest bytes.</summary>
public static class FrameHeaderWriter
{
    /// <summary>How many bytes an unmasked header takes, 2, 4 or 10.</summary>
    public static int LengthFor(long payloadLength) => payloadLength switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>Writes an unmasked header, as servers send it.</summary>
    /// <param name="destination">At least <see cref="LengthFor"/> bytes.</param>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="payloadLength">The payload's length in bytes.</param>
    /// <param name="fin">Whether it is the message's last frame.</param>
    /// <param name="compressed">Sets RSV1: the message is deflated (RFC 7692 §6).</param>
    /// <returns>The header's length in bytes.</returns>
    public static int Write(
        Span<byte> destination, Opcode opcode, long payloadLength, bool fin = true, bool compressed = false)
    {
        destination[0] = (byte)((fin ? 0x80 : 0) | (compressed ? 0x40 : 0) | (byte)opcode);
        switch (payloadLength)
        {
            case < 126:
                destination[1] = (byte)payloadLength;
                return 2;
            case <= ushort.MaxValue:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                return 4;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], payloadLength);
                return 10;
        }
    }

    /// <summary>
    /// Writes a masked header, as clients send it (RFC 6455 §5.3). The payload is masked by the caller.
    /// </summary>
    /// <param name="destination">At least <see cref="LengthFor"/> + 4 bytes.</param>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="payloadLength">The payload's length in bytes.</param>
    /// <param name="maskingKey">The key, unpredictable to whoever chose the payload; its first byte lowest.</param>
    /// <param name="fin">Whether it is the message's last frame.</param>
    /// <param name="compressed">Sets RSV1.</param>
    /// <returns>The header's length in bytes.</returns>
    public static int WriteMasked(
        Span<byte> destination,
        Opcode opcode,
        long payloadLength,
        uint maskingKey,
        bool fin = true,
        bool compressed = false)
    {
        int length = Write(destination, opcode, payloadLength, fin, compressed);
        destination[1] |= 0x80;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], maskingKey);
        return length + 4;
    }
}
