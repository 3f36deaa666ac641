using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>Valid heads with up to four bytes changed, added, dropped, or a piece of them doubled.</summary>
internal static class MutatedHeads
{
    private static readonly string[] Bases =
    [
        Heads.Upgrade("Origin: http://example.com", "Sec-WebSocket-Protocol: chat, superchat"),
        Heads.Upgrade("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; x=\"10\""),
        Heads.Request("GET http://[::1]:80/a%20b?x=%41 HTTP/1.1", "Host: [2001:db8::1]:8080", "Content-Length: 0"),
        Heads.Request("GET /%e2%82%ac/ HTTP/1.1", "X-A:1", "X-A: 2", "host:a.b.", "Cookie: a=b; c=d"),
    ];

    // The bytes that matter to the grammar come up more often than chance would have it.
    private static readonly Gen<byte> Byte = Gen.OneOf(
        Gen.Elements("\r\n \t:/?#%[]0@A,."u8.ToArray()),
        Gen.Choose(0, 255).Select(b => (byte)b));

    public static Gen<byte[]> Generator { get; } =
        from text in Gen.Elements(Bases)
        from count in Gen.Choose(0, 4)
        from changes in Change(text.Length).ListOf(count)
        select changes.Aggregate(Encoding.Latin1.GetBytes(text), (bytes, change) => change(bytes));

    private static Gen<Func<byte[], byte[]>> Change(int length) =>
        from kind in Gen.Choose(0, 3)
        from position in Gen.Choose(0, length - 1)
        from value in Byte
        select new Func<byte[], byte[]>(bytes => Apply(bytes, kind, Math.Min(position, bytes.Length - 1), value));

    private static byte[] Apply(byte[] bytes, int kind, int at, byte value) => kind switch
    {
        0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        1 => [.. bytes[..at], value, .. bytes[at..]],
        2 => [.. bytes[..at], .. bytes[(at + 1)..]],
        _ => [.. bytes[..at], .. bytes[(at / 2)..]],
    };
}
