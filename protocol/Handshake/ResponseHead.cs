using System.Globalization;

namespace Switchboard.Protocol.Handshake;

/// <summary>A well-formed HTTP/1.1 response head (RFC 7230 §3).</summary>
public sealed class ResponseHead
{
    private readonly HeaderTable _headers;

    private ResponseHead(int statusCode, HeaderTable headers, int length)
    {
        StatusCode = statusCode;
        Length = length;
        _headers = headers;
    }

    /// <summary>The status, 100 to 999.</summary>
    public int StatusCode { get; }

    /// <summary>The length of the head with its final empty line, in bytes.</summary>
    public int Length { get; }

    /// <summary>
    /// The value of the header fields called <paramref name="name"/>, in any case: repeated ones joined by ", "; null
    /// where there is none.
    /// </summary>
    public string? Header(string name) => _headers.Get(name);

    /// <summary>Reads a head whose end is known; null where it is malformed, and why.</summary>
    internal static ResponseHead? Parse(byte[] bytes, int headers, out string? error)
    {
        // RFC 7230 §3.1.2: HTTP-version SP status-code SP reason-phrase. Servers leave out the last space too.
        ReadOnlySpan<byte> line = bytes.AsSpan(0, bytes.AsSpan().IndexOf("\r\n"u8));
        if (!line.StartsWith("HTTP/1.1 "u8)
            || line.Length < 12
            || (line.Length > 12 && line[12] != ' ')
            || !int.TryParse(line[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            || status < 100
            || line.ContainsAnyExcept(HttpSyntax.ValueBytes))
        {
            error = "The status line is malformed.";
            return null;
        }

        return HeaderTable.TryParse(bytes, line.Length + 2, headers, out HeaderTable? table, out error)
            ? new ResponseHead(status, table, bytes.Length)
            : null;
    }
}
