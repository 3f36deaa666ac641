using System.Buffers.Binary;

namespace Switchboard.Load.WebSockets;

/// <summary>Builds masked frames. RFC 6455, sections 5.2 and 5.3.</summary>
internal static class ClientFrame
{
    /// <summary>The longest header: two bytes, eight of length, four of masking key.</summary>
    public const int MaxHeader = 14;

    /// <summary>Writes one final frame and returns its length. <paramref name="destination"/> must hold
    /// <see cref="MaxHeader"/> bytes more than the payload.</summary>
    public static int Write(Span<byte> destination, Opcode opcode, ReadOnlySpan<byte> payload, uint key)
    {
        destination[0] = (byte)(0x80 | (int)opcode);
        int header;
        if (payload.Length < 126)
        {
            destination[1] = (byte)(0x80 | payload.Length);
            header = 2;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            destination[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payload.Length);
            header = 4;
        }
        else
        {
            destination[1] = 0x80 | 127;
            BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payload.Length);
            header = 10;
        }

        var mask = destination.Slice(header, 4);
        BinaryPrimitives.WriteUInt32BigEndian(mask, key);
        var masked = destination.Slice(header + 4, payload.Length);
        for (var i = 0; i < payload.Length; i++)
        {
            masked[i] = (byte)(payload[i] ^ mask[i & 3]);
        }

        return header + 4 + payload.Length;
    }

    /// <summary>One final frame of its own.</summary>
    public static byte[] Create(Opcode opcode, ReadOnlySpan<byte> payload, uint key)
    {
        var frame = new byte[MaxHeader + payload.Length];
        Array.Resize(ref frame, Write(frame, opcode, payload, key));
        return frame;
    }
}
