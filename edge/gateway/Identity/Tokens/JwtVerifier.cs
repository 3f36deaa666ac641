using System.Text;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>
/// Verifies signed tokens in the compact serialization (RFC 7515 §5.2, RFC 7519 §7.2), with the advice of RFC 8725: the
/// header chooses among configured keys and nothing else, and the claims are not looked at before the signature is right.
/// </summary>
internal sealed class JwtVerifier(KeyRing keys, ClaimRules rules, int maxBytes) : ITokenVerifier
{
    public ValueTask<TokenResult> VerifyAsync(string token)
    {
        TokenRefusal refusal = Split(token, out Parts parts);
        if (refusal != TokenRefusal.None)
        {
            return new(refusal);
        }

        ValueTask<(TokenKey? Key, TokenRefusal Refusal)> finding = keys.FindAsync(parts.Header);
        return finding.IsCompletedSuccessfully
            ? new(Verify(token, parts, finding.Result))
            : VerifyLaterAsync(token, parts, finding);
    }

    private async ValueTask<TokenResult> VerifyLaterAsync(
        string token, Parts parts, ValueTask<(TokenKey? Key, TokenRefusal Refusal)> finding) =>
        Verify(token, parts, await finding);

    private TokenRefusal Split(string token, out Parts parts)
    {
        parts = default;
        if (token.Length == 0)
        {
            return TokenRefusal.Missing;
        }

        if (token.Length > maxBytes)
        {
            return TokenRefusal.TooLong;
        }

        int first = token.IndexOf('.', StringComparison.Ordinal);
        int last = token.LastIndexOf('.');
        if (first == last || token.AsSpan()[(first + 1)..last].Contains('.'))
        {
            return TokenRefusal.NotThreeParts;
        }

        if (!StrictBase64Url.TryDecode(token.AsSpan(0, first), out byte[] header))
        {
            return TokenRefusal.BadEncoding;
        }

        TokenRefusal refusal = TokenHeaderReader.Read(header, out TokenHeader read);
        parts = new Parts(read, first, last);
        return refusal;
    }

    private TokenResult Verify(string token, Parts parts, (TokenKey? Key, TokenRefusal Refusal) found)
    {
        if (found.Key is not { } key)
        {
            return found.Refusal;
        }

        if (!StrictBase64Url.TryDecode(token.AsSpan(parts.LastDot + 1), out byte[] signature)
            || !StrictBase64Url.TryDecode(token.AsSpan()[(parts.FirstDot + 1)..parts.LastDot], out byte[] claims))
        {
            return TokenRefusal.BadEncoding;
        }

        if (signature.Length != key.SignatureBytes)
        {
            return TokenRefusal.SignatureLength;
        }

        // All of it is ASCII: it is base64url and dots.
        byte[] signed = Encoding.ASCII.GetBytes(token, 0, parts.LastDot);
        return key.Verify(signed, signature) ? rules.Judge(claims) : TokenRefusal.SignatureWrong;
    }

    private readonly record struct Parts(TokenHeader Header, int FirstDot, int LastDot);
}
