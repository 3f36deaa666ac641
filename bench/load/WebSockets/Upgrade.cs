using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Load.WebSockets;

/// <summary>The client's side of the opening handshake. RFC 6455, section 4.1.</summary>
internal static class Upgrade
{
    private const string Key = "c3dpdGNoYm9hcmQtbG9hZA==";

    /// <summary>The request for <paramref name="url"/>. No extension is offered: every server sends plain
    /// frames.</summary>
    public static byte[] Request(Uri url, string? subprotocol)
    {
        var protocol = subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n";
        return Encoding.ASCII.GetBytes(
            $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\n" +
            $"Connection: Upgrade\r\nSec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: 13\r\n{protocol}\r\n");
    }

    /// <summary>The length of the server's answer at the start of <paramref name="bytes"/>, 0 when it has not all
    /// arrived. <paramref name="refusal"/> is the answer of a server that refuses.</summary>
    public static int ReadAnswer(ReadOnlySpan<byte> bytes, string? subprotocol, out string? refusal)
    {
        refusal = null;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var answer = Encoding.ASCII.GetString(bytes[..end]);
        var lines = answer.Split("\r\n");
        if (!lines[0].StartsWith("HTTP/1.1 101", StringComparison.Ordinal)
            || Header(lines, "Sec-WebSocket-Accept") != Accept()
            || Header(lines, "Sec-WebSocket-Protocol") != subprotocol)
        {
            refusal = answer;
        }

        return end + 4;
    }

    private static string? Header(string[] lines, string name) =>
        lines.Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .SingleOrDefault();

#pragma warning disable CA5350 // The handshake's own hash.
    private static string Accept() => Convert.ToBase64String(
        SHA1.HashData(Encoding.ASCII.GetBytes(Key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
