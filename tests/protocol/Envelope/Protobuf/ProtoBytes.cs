using System.Text;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

/// <summary>Fields in the wire format, byte by byte, for what no library would write.</summary>
internal static class ProtoBytes
{
    /// <summary>A number, as short as can be.</summary>
    public static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>A field that is a varint.</summary>
    public static byte[] Number(int field, ulong value) => [(byte)(field << 3), .. Varint(value)];

    /// <summary>A field of eight bytes.</summary>
    public static byte[] Fixed(int field, ulong value) => [(byte)((field << 3) | 1), .. BitConverter.GetBytes(value)];

    /// <summary>A field of four bytes.</summary>
    public static byte[] Fixed32(int field, uint value) => [(byte)((field << 3) | 5), .. BitConverter.GetBytes(value)];

    /// <summary>A field that stands behind its length, of parts that follow each other.</summary>
    public static byte[] Bytes(int field, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part)];
        return [(byte)((field << 3) | 2), .. Varint((ulong)body.Length), .. body];
    }

    /// <summary>A field that is a text.</summary>
    public static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>The begin and the end of a group.</summary>
    public static byte[] Begin(int field) => [(byte)((field << 3) | 3)];

    public static byte[] End(int field) => [(byte)((field << 3) | 4)];

    /// <summary>A message of fields that follow each other.</summary>
    public static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];
}
