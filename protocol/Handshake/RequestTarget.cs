using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// The parts of a request target (RFC 7230 §5.3), not yet validated: in origin-form a path and a query, in
/// absolute-form an authority before them. The other two forms, <c>*</c> and <c>host:port</c>, are not for GET.
/// </summary>
internal readonly ref struct RequestTarget
{
    private RequestTarget(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> pathAndQuery, bool isAbsolute)
    {
        int question = pathAndQuery.IndexOf((byte)'?');
        ReadOnlySpan<byte> path = question < 0 ? pathAndQuery : pathAndQuery[..question];
        Authority = authority;
        IsAbsolute = isAbsolute;

        // RFC 7230 §5.3.1: an empty path is sent, and meant, as "/".
        Path = path.IsEmpty ? "/"u8 : path;
        Query = question < 0 ? default : pathAndQuery[(question + 1)..];
    }

    /// <summary>Whether the target names a scheme and an authority.</summary>
    public bool IsAbsolute { get; }

    /// <summary>The authority of an absolute-form, else empty.</summary>
    public ReadOnlySpan<byte> Authority { get; }

    /// <summary>The path as sent; never empty.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>The query as sent, without its '?'.</summary>
    public ReadOnlySpan<byte> Query { get; }

    /// <summary>Splits a target; false for a form or a scheme that no WebSocket request has.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> target, out RequestTarget parts)
    {
        if (target.StartsWith("/"u8))
        {
            parts = new RequestTarget(default, target, isAbsolute: false);
            return true;
        }

        int schemeEnd = target.IndexOf("://"u8);
        if (schemeEnd < 0 || !IsKnownScheme(target[..schemeEnd]))
        {
            parts = default;
            return false;
        }

        ReadOnlySpan<byte> rest = target[(schemeEnd + 3)..];
        int authorityEnd = rest.IndexOfAny((byte)'/', (byte)'?');
        authorityEnd = authorityEnd < 0 ? rest.Length : authorityEnd;
        parts = new RequestTarget(rest[..authorityEnd], rest[authorityEnd..], isAbsolute: true);
        return true;
    }

    private static bool IsKnownScheme(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "http"u8)
        || Ascii.EqualsIgnoreCase(scheme, "https"u8)
        || Ascii.EqualsIgnoreCase(scheme, "ws"u8)
        || Ascii.EqualsIgnoreCase(scheme, "wss"u8);
}
