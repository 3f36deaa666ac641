using System.Buffers;

namespace Switchboard.Protocol.Handshake;

/// <summary>The character classes of RFC 7230 and RFC 3986 that the handshake needs.</summary>
internal static class HttpSyntax
{
    private const string TokenCharacters =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // RFC 3986 §3.3 and §3.4, and what browsers leave unescaped beyond them: [ ] ^ ` { | } and, in a query, \.
    // Never '#': a fragment is not sent (RFC 6455 §3).
    private const string PathCharacters =
        "!$%&'()*+,-./0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private const string QueryCharacters = PathCharacters + "?\\";

    /// <summary>RFC 7230 §3.2.6: tchar.</summary>
    public static readonly SearchValues<char> Token = SearchValues.Create(TokenCharacters);

    /// <summary>RFC 7230 §3.2.6: tchar, as bytes.</summary>
    public static readonly SearchValues<byte> TokenBytes = Bytes(TokenCharacters);

    /// <summary>What stands between the brackets of an IPv6 address (RFC 3986 §3.2.2).</summary>
    public static readonly SearchValues<char> Address = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>What the path of a request target may hold.</summary>
    public static readonly SearchValues<byte> PathBytes = Bytes(PathCharacters);

    /// <summary>What the query of a request target may hold.</summary>
    public static readonly SearchValues<byte> QueryBytes = Bytes(QueryCharacters);

    /// <summary>RFC 7230 §3.2: VCHAR, obs-text, SP and HTAB.</summary>
    public static readonly SearchValues<byte> ValueBytes = SearchValues.Create(
        [(byte)'\t', .. Enumerable.Range(0x20, 0x7F - 0x20).Concat(Enumerable.Range(0x80, 0x80)).Select(b => (byte)b)]);

    /// <summary>Whether <paramref name="text"/> is a token: one or more tchar.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    /// <summary>Whether <paramref name="text"/> is a token: one or more tchar.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenBytes);

    private static SearchValues<byte> Bytes(string characters) =>
        SearchValues.Create(characters.Select(c => (byte)c).ToArray());
}
