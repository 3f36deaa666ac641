using System.Text.Json;
using System.Text.Unicode;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Judges the claims of a token whose signature is right: form, times, issuer, audience (RFC 7519 §4.1).</summary>
internal sealed class ClaimRules(TokenOptions options, TimeProvider time)
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lax = new() { MaxDepth = MaxDepth };

    public TokenResult Judge(ReadOnlyMemory<byte> json)
    {
        TokenRefusal refusal = Parse(json, out JsonElement claims);
        DateTimeOffset expires = default;
        if (refusal == TokenRefusal.None)
        {
            refusal = JudgeTimes(claims, out expires);
        }

        if (refusal != TokenRefusal.None)
        {
            return refusal;
        }

        TokenClaims accepted = new(claims, expires);
        if (options.Issuers.Count > 0 && !(accepted.Text("iss") is { } issuer && options.Issuers.Contains(issuer)))
        {
            return TokenRefusal.IssuerWrong;
        }

        // §4.1.3: where there is an audience, this server must be in it, also where nothing is configured.
        bool forUs = options.Audiences.Any(audience => accepted.Holds("aud", audience));
        return forUs || (options.Audiences.Count == 0 && !accepted.Has("aud"))
            ? new TokenResult(accepted, TokenRefusal.None)
            : TokenRefusal.AudienceWrong;
    }

    private TokenRefusal JudgeTimes(JsonElement claims, out DateTimeOffset expires)
    {
        expires = default;
        if (!claims.TryGetProperty("exp", out _))
        {
            return TokenRefusal.ExpiryMissing;
        }

        if (!TryReadTime(claims, "exp", out DateTimeOffset? expiry)
            || !TryReadTime(claims, "nbf", out DateTimeOffset? begin)
            || !TryReadTime(claims, "iat", out DateTimeOffset? issued))
        {
            return TokenRefusal.TimeMalformed;
        }

        DateTimeOffset now = time.GetUtcNow();
        expires = expiry!.Value + options.ClockSkew;
        return now >= expires ? TokenRefusal.Expired
            : begin - options.ClockSkew > now ? TokenRefusal.NotYetValid
            : issued - options.ClockSkew > now ? TokenRefusal.IssuedInFuture
            : TokenRefusal.None;
    }

    // §2, NumericDate: seconds since 1970, perhaps with a fraction. Beyond what a clock shows counts as its bound.
    private static bool TryReadTime(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out JsonElement value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double seconds) || double.IsNaN(seconds))
        {
            return false;
        }

        // A day from either end, so that the skew can be added and taken off.
        double most = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalSeconds - 86_400;
        time = DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, 0, most));
        return true;
    }

    private static TokenRefusal Parse(ReadOnlyMemory<byte> json, out JsonElement claims)
    {
        claims = default;
        if (!Utf8.IsValid(json.Span))
        {
            return TokenRefusal.ClaimsMalformed;
        }

        try
        {
            claims = ParseObject(json, Strict);
            return claims.ValueKind == JsonValueKind.Object ? TokenRefusal.None : TokenRefusal.ClaimsMalformed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name that is half a surrogate pair is an InvalidOperationException to whom looks for duplicates.
            return e is JsonException && IsJson(json) ? TokenRefusal.DuplicateMember : TokenRefusal.ClaimsMalformed;
        }
    }

    // Which of the two was wrong is known only when the other is not asked for.
    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            ParseObject(json, Lax);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement ParseObject(ReadOnlyMemory<byte> json, JsonDocumentOptions options)
    {
        using JsonDocument document = JsonDocument.Parse(json, options);
        return document.RootElement.Clone();
    }
}
