namespace Switchboard.Protocol.Handshake;

/// <summary>
/// A well-formed HTTP/1.1 request head (RFC 7230 §3) with a valid host. It owns its bytes, so it outlives the buffer
/// that it was read from.
/// </summary>
public sealed class RequestHead
{
    private readonly RequestLine _line;
    private readonly HeaderTable _headers;

    internal RequestHead(RequestLine line, Authority host, HeaderTable headers, int length)
    {
        _line = line;
        _headers = headers;
        Host = host;
        Length = length;
    }

    /// <summary>The method, in the case it was sent in, which matters (RFC 7230 §3.1.1).</summary>
    public string Method => _line.Method;

    /// <summary>The request target as sent: origin-form or absolute-form (RFC 7230 §5.3).</summary>
    public string Target => _line.Target;

    /// <summary>The path as sent, with its percent-encoding; at least "/".</summary>
    public string RawPath => _line.RawPath;

    /// <summary>
    /// The path with every percent-encoding decoded once, <c>%2F</c> too: right to compare as a whole. To take it apart
    /// at its slashes, take <see cref="RawPath"/> apart. Dot segments are left as they are.
    /// </summary>
    public string Path => _line.Path;

    /// <summary>The query as sent, without its '?'; empty where there is none.</summary>
    public string RawQuery => _line.RawQuery;

    /// <summary>
    /// The host asked for: of an absolute-form target, else of the <c>Host</c> header (RFC 7230 §5.4).
    /// </summary>
    public Authority Host { get; }

    /// <summary>The length of the head with its final empty line, in bytes.</summary>
    public int Length { get; }

    /// <summary>
    /// The value of the header fields called <paramref name="name"/>, in any case: repeated ones joined by ", " (RFC
    /// 7230 §3.2.2), bytes above 0x7F read as Latin-1; null where there is none.
    /// </summary>
    public string? Header(string name) => _headers.Get(name);

    /// <summary>How many header fields are called <paramref name="name"/>, in any case.</summary>
    public int CountHeaders(string name) => _headers.Count(name);

    /// <summary>
    /// The decoded value of the first query parameter called <paramref name="name"/>; null where there is none. '+' and
    /// <c>%20</c> are spaces. False where the encoding is invalid: an incomplete escape, or not UTF-8.
    /// </summary>
    public bool TryGetQueryParameter(string name, out string? value) =>
        QueryString.TryGet(_line.RawQuery, name, out value);
}
