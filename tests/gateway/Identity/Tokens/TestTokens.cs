using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

/// <summary>Makes tokens, good and bad, with nothing of what verifies them.</summary>
internal static class TestTokens
{
    public const string GoodClaims = """{"sub":"ann","exp":9999999999}""";

    /// <summary>The secret of the key "h", 32 bytes.</summary>
    public static readonly byte[] Secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789ABCDEF");

    public static readonly RSA Rsa = RSA.Create(2048);

    public static readonly ECDsa Ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>A token of the key "h", or of what the header names.</summary>
    public static string Hmac(string claims, string header = """{"alg":"HS256","kid":"h"}""", byte[]? secret = null) =>
        Sign(header, claims, signed => HMACSHA256.HashData(secret ?? Secret, signed));

    public static string Rs256(string claims, string header = """{"alg":"RS256","kid":"r"}""") => Sign(
        header, claims, signed => Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Es256(string claims, string header = """{"alg":"ES256","kid":"e"}""") =>
        Sign(header, claims, signed => Ecdsa.SignData(signed, HashAlgorithmName.SHA256));

    public static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        string signed = $"{Base64(header)}.{Base64(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A verifier that knows the keys "h", "r" and "e".</summary>
    public static ITokenVerifier Verifier(TokenOptions? options = null, TimeProvider? time = null)
    {
        options ??= new TokenOptions();
        TokenKey[] keys = [new HmacTokenKey("h", Secret), new RsaTokenKey("r", Rsa), new EcdsaTokenKey("e", Ecdsa)];
        return Verifier(keys, options, time);
    }

    public static ITokenVerifier Verifier(IReadOnlyList<TokenKey> keys, TokenOptions options, TimeProvider? time = null) =>
        new JwtVerifier(new KeyRing([new FixedKeys(keys)]), new ClaimRules(options, time ?? new FakeTime()), options.MaxBytes);

    /// <summary>Configures the key "h".</summary>
    public static TokenKeyOptions SecretOptions => new()
    {
        Id = "h",
        Algorithm = TokenAlgorithm.HS256,
        Secret = Convert.ToBase64String(Secret),
    };
}
