using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>
/// Reads a JSON Web Key Set (RFC 7517 §5). A key that can't be used here, for its type, size or use, is passed over, as
/// §5 asks for; so sets that others publish may hold what they like.
/// </summary>
internal static class JwksReader
{
    // A set is searched from one end to the other.
    private const int MaxKeys = 100;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads a set.</summary>
    /// <param name="json">The set.</param>
    /// <param name="secrets">Whether secrets ("oct") count: from a file, never from a URL.</param>
    /// <returns>The keys of use; null where this is no key set, or has more than 100 keys.</returns>
    public static IReadOnlyList<TokenKey>? Read(ReadOnlyMemory<byte> json, bool secrets)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out JsonElement keys)
                || keys.ValueKind != JsonValueKind.Array
                || keys.GetArrayLength() > MaxKeys)
            {
                return null;
            }

            return [.. keys.EnumerateArray().Select(key => ReadKey(key, secrets)).OfType<TokenKey>()];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second for a name that is half a surrogate pair.
            return null;
        }
    }

    private static TokenKey? ReadKey(JsonElement key, bool secrets)
    {
        if (key.ValueKind != JsonValueKind.Object || !IsForVerifying(key))
        {
            return null;
        }

        string? id = Text(key, "kid");
        try
        {
            return (Text(key, "kty"), Text(key, "alg")) switch
            {
                ("oct", "HS256") when secrets && Bytes(key, "k") is { } secret => new HmacTokenKey(id, secret),
                ("RSA", null or "RS256") => ReadRsa(key, id),
                ("EC", null or "ES256") when Text(key, "crv") == "P-256" => ReadEcdsa(key, id),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            // Too short, or no point of the curve.
            return null;
        }
    }

    // RFC 7517 §4.2, §4.3.
    private static bool IsForVerifying(JsonElement key)
    {
        if (key.TryGetProperty("use", out _) && Text(key, "use") != "sig")
        {
            return false;
        }

        return !key.TryGetProperty("key_ops", out JsonElement operations)
            || (operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(static operation => TokenClaims.AsText(operation) == "verify"));
    }

    private static RsaTokenKey? ReadRsa(JsonElement key, string? id)
    {
        if (Bytes(key, "n") is not { } modulus || Bytes(key, "e") is not { } exponent)
        {
            return null;
        }

        RSA rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        try
        {
            return new RsaTokenKey(id, rsa);
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            throw;
        }
    }

    private static EcdsaTokenKey? ReadEcdsa(JsonElement key, string? id)
    {
        if (Bytes(key, "x") is not { Length: 32 } x || Bytes(key, "y") is not { Length: 32 } y)
        {
            return null;
        }

        ECParameters parameters = new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        return new EcdsaTokenKey(id, ECDsa.Create(parameters));
    }

    private static byte[]? Bytes(JsonElement key, string name) =>
        Text(key, name) is { Length: > 0 } text && StrictBase64Url.TryDecode(text, out byte[] bytes) ? bytes : null;

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out JsonElement value) ? TokenClaims.AsText(value) : null;
}
