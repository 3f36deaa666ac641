using System.Buffers.Binary;

namespace Switchboard.Load.WebSockets;

/// <summary>A whole frame as a server sends it: never masked, and without extensions. RFC 6455, section 5.2.</summary>
internal readonly ref struct ServerFrame
{
    private ServerFrame(Opcode opcode, bool final, ReadOnlySpan<byte> payload, int length)
    {
        Opcode = opcode;
        Final = final;
        Payload = payload;
        Length = length;
    }

    public Opcode Opcode { get; }

    public bool Final { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Bytes of header and payload.</summary>
    public int Length { get; }

    /// <summary>Reads the first frame of <paramref name="bytes"/>; false when it has not all arrived.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ServerFrame frame)
    {
        frame = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        if ((bytes[0] & 0x70) != 0 || (bytes[1] & 0x80) != 0)
        {
            throw new LoadException($"the server sent a frame that starts with {bytes[0]:x2} {bytes[1]:x2}");
        }

        var header = 2;
        ulong payload = bytes[1];
        if (payload == 126)
        {
            header = 4;
            payload = bytes.Length >= header ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : 0u;
        }
        else if (payload == 127)
        {
            header = 10;
            payload = bytes.Length >= header ? BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]) : 0u;
        }

        if (bytes.Length < header || (ulong)(bytes.Length - header) < payload)
        {
            return false;
        }

        var length = header + (int)payload;
        frame = new ServerFrame(
            (Opcode)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0, bytes[header..length], length);
        return true;
    }
}
