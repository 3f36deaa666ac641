using System.Buffers.Binary;

namespace Switchboard.Protocol.Framing;

/// <summary>Reads a frame's header; knows bytes and lengths, not which header is allowed where.</summary>
public static class FrameHeaderParser
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-+-+-+-+-------+-+-------------+-------------------------------+
    // |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
    // |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
    // |N|V|V|V|       |S|             |   (if payload len==126/127)   |
    // | |1|2|3|       |K|             |                               |
    // +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
    // |     Extended payload length continued, if payload len == 127  |
    // + - - - - - - - - - - - - - - - +-------------------------------+
    // |                               | Masking-key, if MASK set to 1 |
    // +-------------------------------+-------------------------------+

    /// <summary>How many bytes a header with this second byte has.</summary>
    public static int LengthOf(byte second)
    {
        int extended = (second & 0x7F) switch
        {
            127 => 8,
            126 => 2,
            _ => 0,
        };
        return 2 + extended + ((second & 0x80) != 0 ? 4 : 0);
    }

    /// <summary>Reads the header at the start of <paramref name="input"/>.</summary>
    public static HeaderStatus TryRead(ReadOnlySpan<byte> input, out FrameHeader header)
    {
        header = default;
        if (input.Length < 2)
        {
            return HeaderStatus.NeedMore;
        }

        byte first = input[0];
        byte second = input[1];
        int length = LengthOf(second);
        if (input.Length < length)
        {
            return HeaderStatus.NeedMore;
        }

        // RFC 6455 §5.2: the minimal number of bytes must be used, and the highest bit of 64 must be 0.
        long payloadLength = second & 0x7F;
        if (payloadLength == 126)
        {
            payloadLength = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
            if (payloadLength < 126)
            {
                return HeaderStatus.InvalidLength;
            }
        }
        else if (payloadLength == 127)
        {
            payloadLength = BinaryPrimitives.ReadInt64BigEndian(input[2..]);
            if (payloadLength <= ushort.MaxValue)
            {
                return HeaderStatus.InvalidLength;
            }
        }

        bool masked = (second & 0x80) != 0;
        header = new FrameHeader(
            (Opcode)(first & 0x0F),
            (first & 0x80) != 0,
            (byte)((first >> 4) & 0x7),
            masked,
            masked ? BinaryPrimitives.ReadUInt32LittleEndian(input[(length - 4)..]) : 0,
            payloadLength,
            length);
        return HeaderStatus.Done;
    }
}
