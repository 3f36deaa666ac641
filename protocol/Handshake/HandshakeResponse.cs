using System.Buffers;
using System.Globalization;
using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>Writes the server's answer to an opening handshake.</summary>
public static class HandshakeResponse
{
    /// <summary>Writes the 101 after which the connection is a WebSocket (RFC 6455 §4.2.2).</summary>
    public static void Write(IBufferWriter<byte> output, HandshakeAcceptance acceptance)
    {
        ArgumentNullException.ThrowIfNull(acceptance);
        output.Write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"u8);
        output.WriteHeader(HeaderNames.SecWebSocketAccept, acceptance.Accept);
        if (acceptance.Subprotocol is not null)
        {
            output.WriteHeader(HeaderNames.SecWebSocketProtocol, acceptance.Subprotocol);
        }

        if (acceptance.Extensions is not null)
        {
            output.WriteHeader(HeaderNames.SecWebSocketExtensions, acceptance.Extensions);
        }

        output.Write("\r\n"u8);
    }

    /// <summary>Writes a refusal, after which the connection is to be closed.</summary>
    public static void Write(IBufferWriter<byte> output, HandshakeRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        output.WriteText(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {refusal.StatusCode} {ReasonPhrase(refusal.StatusCode)}\r\n"));
        output.Write("Content-Type: text/plain; charset=utf-8\r\n"u8);
        string length = Encoding.UTF8.GetByteCount(refusal.Text).ToString(CultureInfo.InvariantCulture);
        output.WriteHeader(HeaderNames.ContentLength, length);
        output.Write("Cache-Control: no-store\r\n"u8);
        string connection = "close";
        foreach ((string name, string value) in refusal.Headers)
        {
            if (name == HeaderNames.Connection)
            {
                connection = $"{value}, {connection}";
                continue;
            }

            output.WriteHeader(name, value);
        }

        output.WriteHeader(HeaderNames.Connection, connection);
        output.Write("\r\n"u8);
        output.WriteText(refusal.Text);
    }

    // RFC 7231 §6 and RFC 6585.
    private static string ReasonPhrase(int statusCode) => statusCode switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    };
}
