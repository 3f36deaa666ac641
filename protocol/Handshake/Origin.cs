namespace Switchboard.Protocol.Handshake;

/// <summary>The syntax of an origin (RFC 6454 §6.2): <c>scheme://host[:port]</c>.</summary>
internal static class Origin
{
    /// <summary>What a browser sends for an origin it keeps to itself: sandboxed frames, <c>file:</c> pages.</summary>
    public const string Null = "null";

    /// <summary>Parts a scheme, in lower case, from what follows it; false where there is none.</summary>
    public static bool TrySplit(ReadOnlySpan<char> text, out string scheme, out ReadOnlySpan<char> authority)
    {
        int end = text.IndexOf("://");
        scheme = end > 0 ? text[..end].ToString().ToLowerInvariant() : "";
        authority = end > 0 ? text[(end + 3)..] : default;

        // RFC 3986 §3.1.
        return end > 0
            && char.IsAsciiLetter(scheme[0])
            && scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    /// <summary>
    /// The port that is meant: the given one, or the scheme's default; null for a scheme without one.
    /// </summary>
    public static int? EffectivePort(string scheme, int? port) => port ?? scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        _ => null,
    };
}
