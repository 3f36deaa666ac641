using System.Text;
using System.Text.Unicode;
using Switchboard.Protocol.Envelope.Json;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>
/// Reads a token's header (RFC 7515 §4). Anybody may send one, so it is read without exceptions, by the reader that
/// the commands of clients are read with.
/// </summary>
internal static class TokenHeaderReader
{
    private const int MaxMembers = 16;
    private const int MaxDepth = 4;
    private const int MaxWordBytes = 256;
    private const int MaxKeyIdBytes = 128;

    public static TokenRefusal Read(ReadOnlySpan<byte> json, out TokenHeader header)
    {
        header = default;
        Span<byte> scratch = stackalloc byte[MaxWordBytes];
        HashSet<string> names = new(StringComparer.Ordinal);
        string? algorithm = null;
        string? keyId = null;
        TokenRefusal refusal = TokenRefusal.None;
        if (!Utf8.IsValid(json))
        {
            return TokenRefusal.HeaderMalformed;
        }

        var members = new JsonObjectReader(json, MaxDepth);
        while (refusal == TokenRefusal.None && members.TryNext(out JsonToken token, out JsonToken value))
        {
            string name = Encoding.UTF8.GetString(JsonValues.ReadWord(token, json, scratch));
            string? text = value.Kind == JsonKind.String
                ? Encoding.UTF8.GetString(JsonValues.ReadWord(value, json, scratch))
                : null;
            if (name.Length is 0 or > MaxWordBytes || names.Count == MaxMembers)
            {
                return TokenRefusal.HeaderMalformed;
            }

            if (!names.Add(name))
            {
                return TokenRefusal.DuplicateMember;
            }

            switch (name)
            {
                case "alg":
                    algorithm = text;
                    refusal = text is null ? TokenRefusal.HeaderMalformed : TokenRefusal.None;
                    break;
                case "kid":
                    keyId = text;
                    refusal = text is null || Encoding.UTF8.GetByteCount(text) is 0 or > MaxKeyIdBytes
                        ? TokenRefusal.KeyIdMalformed
                        : TokenRefusal.None;
                    break;
                case "typ":
                    refusal = IsType(text) ? TokenRefusal.None : TokenRefusal.TypeWrong;
                    break;
                case "crit":
                    // RFC 7515 §4.1.11: what is critical must be understood, and no extension is.
                    refusal = TokenRefusal.CriticalHeader;
                    break;
                case "jku" or "jwk" or "x5u" or "x5c":
                    // RFC 7515 §4.1.2 to 4.1.6: a token must not choose who vouches for it.
                    refusal = TokenRefusal.EmbeddedKey;
                    break;
            }
        }

        if (refusal == TokenRefusal.None)
        {
            refusal = members.Fault != JsonFault.None ? TokenRefusal.HeaderMalformed : Find(algorithm, keyId, out header);
        }

        return refusal;
    }

    // RFC 7519 §5.1: "JWT", in any case; RFC 9068 §2.1: "at+jwt"; either with "application/" in front.
    private static bool IsType(string? text)
    {
        ReadOnlySpan<char> type = text;
        const string Application = "application/";
        if (type.StartsWith(Application, StringComparison.OrdinalIgnoreCase))
        {
            type = type[Application.Length..];
        }

        return type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
            || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase);
    }

    private static TokenRefusal Find(string? algorithm, string? keyId, out TokenHeader header)
    {
        header = default;
        switch (algorithm)
        {
            case "HS256":
                header = new TokenHeader(TokenAlgorithm.HS256, keyId);
                return TokenRefusal.None;
            case "RS256":
                header = new TokenHeader(TokenAlgorithm.RS256, keyId);
                return TokenRefusal.None;
            case "ES256":
                header = new TokenHeader(TokenAlgorithm.ES256, keyId);
                return TokenRefusal.None;
            case null:
                return TokenRefusal.AlgorithmMissing;
            default:
                // Names are compared exactly; "None" is no algorithm either, but means the same.
                return algorithm.Equals("none", StringComparison.OrdinalIgnoreCase)
                    ? TokenRefusal.AlgorithmNone
                    : TokenRefusal.AlgorithmUnsupported;
        }
    }
}
