using System.Globalization;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// The answer to a request that is not taken: a status, a sentence for the person who reads it, and headers. Headers
/// hold nothing that a client has sent.
/// </summary>
public sealed class HandshakeRefusal
{
    private HandshakeRefusal(int statusCode, string text, params KeyValuePair<string, string>[] headers)
    {
        StatusCode = statusCode;
        Text = text;
        Headers = headers;
    }

    /// <summary>The HTTP status, 400 to 599.</summary>
    public int StatusCode { get; }

    /// <summary>What is wrong, in a sentence. It becomes the body.</summary>
    public string Text { get; }

    /// <summary>Headers beyond those that every refusal has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>400: the request is malformed, or contradicts itself.</summary>
    public static HandshakeRefusal BadRequest(string text) => new(400, text);

    /// <summary>401: it is not known who asks (RFC 7235 §3.1).</summary>
    public static HandshakeRefusal Unauthorized(string text) =>
        new(401, text, new KeyValuePair<string, string>("WWW-Authenticate", "Bearer"));

    /// <summary>403: the origin is not allowed, or the client is not.</summary>
    public static HandshakeRefusal Forbidden(string text) => new(403, text);

    /// <summary>404: nothing is served at this path.</summary>
    public static HandshakeRefusal NotFound() => new(404, "There is nothing at this path.");

    /// <summary>405: only GET can open a WebSocket.</summary>
    public static HandshakeRefusal MethodNotAllowed() =>
        new(405, "Only GET can open a WebSocket.", new KeyValuePair<string, string>(HeaderNames.Allow, "GET"));

    /// <summary>408: the head was not complete in time.</summary>
    public static HandshakeRefusal RequestTimeout() => new(408, "The request head did not arrive in time.");

    /// <summary>414: the request target is over its limit.</summary>
    public static HandshakeRefusal TargetTooLong() => new(414, "The request target is too long.");

    /// <summary>426: the request asks for no WebSocket. The answer names it (RFC 7231 §6.5.15).</summary>
    public static HandshakeRefusal UpgradeRequired() =>
        new(
            426,
            "This endpoint speaks WebSocket only.",
            new(HeaderNames.Upgrade, "websocket"),
            new(HeaderNames.Connection, "Upgrade"));

    /// <summary>426: the WebSocket version is not 13. The answer names it (RFC 6455 §4.4).</summary>
    public static HandshakeRefusal WebSocketVersionNotSupported() =>
        new(
            426,
            "The WebSocket version must be 13.",
            new(HeaderNames.Upgrade, "websocket"),
            new(HeaderNames.Connection, "Upgrade"),
            new(HeaderNames.SecWebSocketVersion, "13"));

    /// <summary>429: this client does this too often.</summary>
    /// <param name="retryAfter">When to try again; rounded up to a second or more.</param>
    public static HandshakeRefusal TooManyRequests(TimeSpan retryAfter) =>
        new(429, "Too many requests.", RetryAfter(retryAfter));

    /// <summary>431: the head is over a limit.</summary>
    public static HandshakeRefusal HeadTooLarge(string text) => new(431, text);

    /// <summary>500: the server failed.</summary>
    public static HandshakeRefusal InternalError() => new(500, "The server failed.");

    /// <summary>503: the server takes no more connections for now.</summary>
    /// <param name="retryAfter">When to try again; rounded up to a second or more.</param>
    public static HandshakeRefusal TooManyConnections(TimeSpan retryAfter) =>
        new(503, "The server has too many connections.", RetryAfter(retryAfter));

    /// <summary>503: the server can't say now whether it would take the connection.</summary>
    /// <param name="text">What is wrong, in a sentence.</param>
    /// <param name="retryAfter">When to try again; rounded up to a second or more.</param>
    public static HandshakeRefusal Unavailable(string text, TimeSpan retryAfter) => new(503, text, RetryAfter(retryAfter));

    /// <summary>503: the server is going away.</summary>
    /// <param name="retryAfter">When to try again; rounded up to a second or more.</param>
    public static HandshakeRefusal ShuttingDown(TimeSpan retryAfter) =>
        new(503, "The server is shutting down.", RetryAfter(retryAfter));

    /// <summary>505: the HTTP version is not 1.1.</summary>
    public static HandshakeRefusal VersionNotSupported() => new(505, "The HTTP version must be 1.1.");

    private static KeyValuePair<string, string> RetryAfter(TimeSpan delay)
    {
        // RFC 7231 §7.1.3: delay-seconds.
        long seconds = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds));
        return new(HeaderNames.RetryAfter, seconds.ToString(CultureInfo.InvariantCulture));
    }
}
