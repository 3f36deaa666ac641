using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>A valid request line of HTTP/1.1 (RFC 7230 §3.1.1).</summary>
/// <param name="Method">The method as sent.</param>
/// <param name="Target">The request target as sent.</param>
/// <param name="RawPath">The path as sent.</param>
/// <param name="Path">The path, percent-decoded.</param>
/// <param name="RawQuery">The query as sent, without its '?'.</param>
/// <param name="Authority">The authority of an absolute-form target, else null.</param>
internal sealed record RequestLine(
    string Method,
    string Target,
    string RawPath,
    string Path,
    string RawQuery,
    Authority? Authority)
{
    private const byte Sp = (byte)' ';

    /// <summary>Reads a line without its CR LF; null where it is invalid, with the refusal that says why.</summary>
    public static RequestLine? Parse(ReadOnlySpan<byte> line, out HandshakeRefusal? refusal)
    {
        // One space, no other white space, between the three parts; the classes below exclude any more.
        int methodEnd = line.IndexOf(Sp);
        int targetEnd = line.LastIndexOf(Sp);
        if (methodEnd < 0 || methodEnd == targetEnd)
        {
            refusal = HandshakeRefusal.BadRequest("The request line needs a method, a target and a version.");
            return null;
        }

        ReadOnlySpan<byte> method = line[..methodEnd];
        if (!HttpSyntax.IsToken(method))
        {
            refusal = HandshakeRefusal.BadRequest("The method must be a token.");
            return null;
        }

        refusal = CheckVersion(line[(targetEnd + 1)..]);
        if (refusal is not null)
        {
            return null;
        }

        ReadOnlySpan<byte> target = line[(methodEnd + 1)..targetEnd];
        string? error = ParseTarget(target, Encoding.ASCII.GetString(method), out RequestLine? parsed);
        refusal = error is null ? null : HandshakeRefusal.BadRequest(error);
        return parsed;
    }

    private static HandshakeRefusal? CheckVersion(ReadOnlySpan<byte> version)
    {
        if (version.SequenceEqual("HTTP/1.1"u8))
        {
            return null;
        }

        // RFC 7230 §2.6: HTTP-version. HTTP/1.0 has no upgrade either (§6.7), so it gets the same answer as HTTP/2.0.
        bool isVersion = version.Length == 8
            && version.StartsWith("HTTP/"u8)
            && char.IsAsciiDigit((char)version[5])
            && version[6] == '.'
            && char.IsAsciiDigit((char)version[7]);
        return isVersion
            ? HandshakeRefusal.VersionNotSupported()
            : HandshakeRefusal.BadRequest("The HTTP version is malformed.");
    }

    private static string? ParseTarget(ReadOnlySpan<byte> target, string method, out RequestLine? parsed)
    {
        parsed = null;
        if (!RequestTarget.TrySplit(target, out RequestTarget parts))
        {
            // RFC 7230 §5.3.3 and §5.3.4: authority-form is for CONNECT, asterisk-form for OPTIONS.
            return "The request target must be a path or a URI of http, https, ws or wss.";
        }

        if (parts.Path.ContainsAnyExcept(HttpSyntax.PathBytes) || parts.Query.ContainsAnyExcept(HttpSyntax.QueryBytes))
        {
            return "The request target holds an invalid character.";
        }

        Authority? authority = null;
        if (parts.IsAbsolute)
        {
            // RFC 7230 §2.7.1: user information is refused with the rest of what is no host.
            if (!Handshake.Authority.TryParse(Encoding.Latin1.GetString(parts.Authority), out Authority named))
            {
                return "The request target names an invalid host.";
            }

            authority = named;
        }

        string rawPath = Encoding.ASCII.GetString(parts.Path);
        if (!PercentDecoding.TryDecode(rawPath, plusIsSpace: false, out string? path))
        {
            return "The path holds an invalid percent-encoding.";
        }

        string rawQuery = Encoding.ASCII.GetString(parts.Query);
        parsed = new RequestLine(method, Encoding.ASCII.GetString(target), rawPath, path, rawQuery, authority);
        return null;
    }
}
