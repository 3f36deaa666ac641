namespace Switchboard.Protocol.Tests.Framing;

/// <summary>Frames written byte by byte from the RFC's diagram, without the writer that is under test.</summary>
internal static class Wire
{
    public const int Continuation = 0x0;
    public const int Text = 0x1;
    public const int Binary = 0x2;
    public const int Close = 0x8;
    public const int Ping = 0x9;
    public const int Pong = 0xA;

    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Client(int opcode, byte[] payload, bool fin = true, int reserved = 0, byte[]? key = null)
    {
        key ??= Key;
        List<byte> frame = Header(opcode, payload.Length, fin, reserved, key);
        for (int i = 0; i < payload.Length; i++)
        {
            frame.Add((byte)(payload[i] ^ key[i % 4]));
        }

        return [.. frame];
    }

    public static byte[] Server(int opcode, byte[] payload, bool fin = true, int reserved = 0) =>
        [.. Header(opcode, payload.Length, fin, reserved, null), .. payload];

    /// <summary>
    /// A header alone, its length encoded in the fewest bytes unless told otherwise (7, 16 or 64 bits).
    /// </summary>
    public static List<byte> Header(int opcode, long length, bool fin, int reserved, byte[]? key, int bits = 0)
    {
        if (bits == 0)
        {
            bits = length <= 125 ? 7 : length <= 65535 ? 16 : 64;
        }

        List<byte> header = [(byte)((fin ? 128 : 0) + (reserved * 16) + opcode)];
        int mask = key is null ? 0 : 128;
        header.Add((byte)(mask + (bits == 7 ? (int)length : bits == 16 ? 126 : 127)));
        for (int shift = (bits == 7 ? 0 : bits) - 8; shift >= 0; shift -= 8)
        {
            header.Add((byte)(length >> shift));
        }

        header.AddRange(key ?? []);
        return header;
    }

    public static byte[] CloseFrame(int code, string reason = "") => Client(Close, ClosePayload(code, reason));

    public static byte[] ClosePayload(int code, string reason = "") =>
        [(byte)(code >> 8), (byte)code, .. System.Text.Encoding.UTF8.GetBytes(reason)];
}
