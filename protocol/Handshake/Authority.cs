using System.Globalization;
using System.Net;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// A host with an optional port, as in a <c>Host</c> header (RFC 7230 §5.4). The host is in lower case; an IPv6 address
/// has its brackets and its canonical text.
/// </summary>
/// <param name="Host">A DNS name, an IPv4 address, or an IPv6 address in brackets.</param>
/// <param name="Port">0 to 65535; null where none was given.</param>
public readonly record struct Authority(string Host, int? Port)
{
    private const int MaxHostLength = 255;

    /// <summary>
    /// Reads <c>host[:port]</c>. A name consists of non-empty labels of letters, digits, '-' and '_', with at most one
    /// final dot: less than RFC 3986 §3.2.2 allows (percent-encoding, sub-delims), and all that DNS and browsers
    /// produce.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Authority authority)
    {
        authority = default;
        bool bracketed = text.StartsWith('[');
        int end = bracketed ? text.IndexOf(']') + 1 : text.IndexOf(':');
        int hostEnd = end < 0 ? text.Length : end;
        string? host = bracketed ? ReadAddress(text[..hostEnd]) : ReadName(text[..hostEnd]);
        if (host is null || !TryReadPort(text[hostEnd..], out int? port))
        {
            return false;
        }

        authority = new Authority(host, port);
        return true;
    }

    /// <summary>The text of it: <c>host</c> or <c>host:port</c>.</summary>
    public override string ToString() =>
        Port is int port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    private static string? ReadAddress(ReadOnlySpan<char> bracketed)
    {
        // RFC 3986 §3.2.2: IP-literal. Neither zones (RFC 6874) nor IPvFuture.
        if (bracketed.Length < 4 || bracketed[1..^1].ContainsAnyExcept(HttpSyntax.Address))
        {
            return null;
        }

        return IPAddress.TryParse(bracketed[1..^1], out IPAddress? address)
            && address.AddressFamily == IPAddress.IPv6Any.AddressFamily
                ? $"[{address}]"
                : null;
    }

    private static string? ReadName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxHostLength)
        {
            return null;
        }

        bool labelEmpty = true;
        foreach (char c in name)
        {
            if (c == '.' ? labelEmpty : !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                return null;
            }

            labelEmpty = c == '.';
        }

        return name.ToString().ToLowerInvariant();
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;

        // RFC 3986 §3.2.3: port = *DIGIT, so a lone colon means the default port.
        if (text is "" or ":")
        {
            return true;
        }

        // The base library's parser passes over NULs at the end.
        if (text[0] != ':'
            || text[1..].ContainsAnyExceptInRange('0', '9')
            || !ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort value))
        {
            return false;
        }

        port = value;
        return true;
    }
}
