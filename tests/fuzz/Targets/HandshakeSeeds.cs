using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Heads to begin with, and lines and values for them.</summary>
internal static class HandshakeSeeds
{
    /// <summary>How many bytes come before the head: what to read with which limits, and how to split.</summary>
    public const int SetUp = 2;

    /// <summary>The client's nonce: all zero.</summary>
    public static readonly byte[] Nonce = new byte[16];

    /// <summary>The base64 of the SHA-1 of that key and the RFC's GUID.</summary>
    public const string Accept = "ICX+Yqv66kxgM0FcWaLWlFLwTAI=";

    private const string Key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

    // The line breaks are CR LF; the lines of the source end in LF.
    private static readonly string[] Requests =
    [
        $"""
        GET / HTTP/1.1
        Host: example.com
        Upgrade: websocket
        Connection: Upgrade
        {Key}
        Sec-WebSocket-Version: 13


        """,
        $"""
        GET /ws?user=a%20b&x=%C3%A9 HTTP/1.1
        host:a.example.com:8080
        UPGRADE:	WebSocket 
        connection: keep-alive, upgrade
        {Key}
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: none, chat
        Origin: https://a.example.com:8443


        """,
        $"""
        GET http://[::1]:8080/p HTTP/1.1
        Host: x
        Upgrade: h2c, websocket/13
        Connection: Upgrade
        {Key}
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=10, x; a="b"
        Origin: null


        """,
        """
        POST /x HTTP/1.1
        Host: example.com
        Content-Length: 5

        12345
        """,
        "GET /x HTTP/1.0\nHost: example.com\n\n",
        "GET /x HTTP/1.1\nHost: example.com\nTransfer-Encoding: chunked\n\n",
    ];

    private static readonly string[] Responses =
    [
        $"""
        HTTP/1.1 101 Switching Protocols
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Accept: {Accept}


        """,
        $"""
        HTTP/1.1 101
        Upgrade: WebSocket
        Connection: x, upgrade
        Sec-WebSocket-Accept: {Accept}
        Sec-WebSocket-Protocol: chat
        Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover

        frames
        """,
        "HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n",
    ];

    private static readonly string[] OtherLines =
    [
        "Sec-WebSocket-Version: 8", "Host: ", "Origin: https://evil.example", " folded", "Name : x", ": x",
        "X-Other: \u00E9", $"X-Other: {new string('x', 130)}", "Content-Length: 0",
        "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8, permessage-deflate",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"9\"",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=16",
        "Sec-WebSocket-Protocol: switchboard.v1.json", "Sec-WebSocket-Protocol: a, a",
    ];

    private static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", ":", ",", ";", "=", "\"", "\\", "/", "?", "%", "%00", "%2F",
        "%C3%A9", "%ff", "#", "*", "[::1]", "[::ffff:1.2.3.4]:65535", "[", "]", "[1]", ":0", ":65536", "1.2.3.4",
        "a.b.", "..", "_", "http://", "ws://", "\u00FF", "\0", "\u007F", "user=", "&user=%41+b", "websocket",
        "upgrade", "13", "null", "GET ", "HTTP/1.1", "HTTP/2.0", "permessage-deflate", "; client_max_window_bits=15",
        "; server_max_window_bits=15", "; server_no_context_takeover", "; client_no_context_takeover", "\"1\\5\"",
        "x-webkit-deflate-frame", "AQIDBAUGBwgJCgsMDQ4PEC==", "////////////////////",
    ];

    /// <summary>Lines that may be added.</summary>
    public static readonly byte[][] Lines =
    [
        .. Requests.Concat(Responses)
            .SelectMany(head => head.Split('\n'))
            .Where(line => line.Contains(':', StringComparison.Ordinal))
            .Concat(OtherLines)
            .Select(line => Encoding.Latin1.GetBytes(line + "\r\n")),
    ];

    /// <summary>What may stand in the place of a value.</summary>
    public static readonly byte[][] Dictionary = [.. Pieces.Select(Encoding.Latin1.GetBytes)];

    public static IEnumerable<byte[]> All
    {
        get
        {
            for (int setUp = 0; setUp < 16; setUp++)
            {
                foreach (string head in setUp % 2 == 0 ? Requests : Responses)
                {
                    string text = head.Replace("\n", "\r\n", StringComparison.Ordinal);
                    yield return [(byte)setUp, (byte)(setUp / 2), .. Encoding.Latin1.GetBytes(text)];
                }
            }
        }
    }
}
