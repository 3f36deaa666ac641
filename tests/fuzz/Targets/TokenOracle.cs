using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Switchboard.Fuzz.Targets;

/// <summary>Judges what was accepted, with the base library alone.</summary>
internal static class TokenOracle
{
    private static readonly string[] Forbidden = ["crit", "jku", "jwk", "x5u", "x5c"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether one of the two keys has signed a token, whatever is in it.</summary>
    public static bool IsSigned(string token, byte[] secret, ECDsa key)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return false;
        }

        byte[] signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        byte[] signature = Convert.FromBase64String(
            parts[2].Replace('-', '+').Replace('_', '/').PadRight((parts[2].Length + 3) / 4 * 4, '='));
        return signature.AsSpan().SequenceEqual(HMACSHA256.HashData(secret, signed))
            || key.VerifyData(signed, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether a header is one that HS256 may have.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToArray(), Strict);
        JsonElement header = document.RootElement;
        return header.GetProperty("alg").GetString() == "HS256"
            && !Forbidden.Any(name => header.TryGetProperty(name, out _));
    }

    /// <summary>Whether claims are an object that is valid now.</summary>
    public static bool IsClaims(ReadOnlySpan<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToArray(), Strict);
        JsonElement claims = document.RootElement;
        return claims.GetProperty("exp").GetDouble() > TokenSeeds.Now - 31
            && (!claims.TryGetProperty("nbf", out JsonElement begin) || begin.GetDouble() < TokenSeeds.Now + 31)
            && !claims.TryGetProperty("aud", out _);
    }
}
