namespace Switchboard.Protocol.Handshake;

/// <summary>The names of the header fields that the handshake reads and writes.</summary>
internal static class HeaderNames
{
    public const string Allow = "Allow";
    public const string Connection = "Connection";
    public const string ContentLength = "Content-Length";
    public const string Host = "Host";
    public const string Origin = "Origin";
    public const string RetryAfter = "Retry-After";
    public const string SecWebSocketAccept = "Sec-WebSocket-Accept";
    public const string SecWebSocketExtensions = "Sec-WebSocket-Extensions";
    public const string SecWebSocketKey = "Sec-WebSocket-Key";
    public const string SecWebSocketProtocol = "Sec-WebSocket-Protocol";
    public const string SecWebSocketVersion = "Sec-WebSocket-Version";
    public const string TransferEncoding = "Transfer-Encoding";
    public const string Upgrade = "Upgrade";
}
