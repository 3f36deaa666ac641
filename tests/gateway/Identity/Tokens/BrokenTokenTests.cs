using System.Security.Cryptography;
using System.Text;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Tokens;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

/// <summary>Tokens that are wrong in one way each, and the reason that each is refused for: no two the same.</summary>
public sealed class BrokenTokenTests
{
    private static readonly long Now = FakeTime.Start.ToUnixTimeSeconds();

    private static readonly TokenOptions Options = new()
    {
        Issuers = ["https://id.example"], Audiences = ["switchboard"], MaxBytes = 1024,
    };

    private static readonly string Claims =
        $$"""{"sub":"ann","iss":"https://id.example","aud":["x","switchboard"],"exp":{{Now + 60}},"nbf":{{Now}},"iat":{{Now}}}""";

    private static readonly Dictionary<TokenRefusal, Func<string>> Broken = new()
    {
        [TokenRefusal.Missing] = () => "",
        [TokenRefusal.TooLong] = () => Hmac(Claims + new string(' ', 1024)),
        [TokenRefusal.NotThreeParts] = () => Hmac(Claims) + ".AAAA.AAAA",
        [TokenRefusal.BadEncoding] = () => Hmac(Claims) + "=",
        [TokenRefusal.HeaderMalformed] = () => Hmac(Claims, """{"alg":"HS256","kid":"h"}}"""),
        [TokenRefusal.ClaimsMalformed] = () => Hmac(Claims[..^1]),
        [TokenRefusal.DuplicateMember] = () => Hmac(Claims, """{"alg":"HS256","kid":"h","k\u0069d":"h"}"""),
        [TokenRefusal.CriticalHeader] = () => Hmac(Claims, """{"alg":"HS256","kid":"h","crit":["b64"],"b64":false}"""),
        [TokenRefusal.EmbeddedKey] = () => Hmac(Claims, """{"alg":"HS256","kid":"h","jku":"https://evil.example/keys"}"""),
        [TokenRefusal.TypeWrong] = () => Hmac(Claims, """{"alg":"HS256","kid":"h","typ":"secevent+jwt"}"""),
        [TokenRefusal.AlgorithmMissing] = () => Hmac(Claims, """{"kid":"h"}"""),
        [TokenRefusal.AlgorithmNone] = () => $"{Base64("""{"alg":"nOnE"}""")}.{Base64(Claims)}.",
        [TokenRefusal.AlgorithmUnsupported] = () => Hmac(Claims, """{"alg":"hs256","kid":"h"}"""),
        // The public key of RS256, which everybody has, as the secret of HS256.
        [TokenRefusal.AlgorithmWrong] = () => Hmac(
            Claims, """{"alg":"HS256","kid":"r"}""", Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem())),
        [TokenRefusal.KeyIdMalformed] = () => Hmac(Claims, """{"alg":"HS256","kid":["h"]}"""),
        [TokenRefusal.KeyUnknown] = () => Hmac(Claims, """{"alg":"HS256","kid":"../h"}"""),
        // The form that openssl and most libraries give an ECDSA signature in.
        [TokenRefusal.SignatureLength] = () => Sign("""{"alg":"ES256","kid":"e"}""", Claims, static signed =>
            Ecdsa.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        [TokenRefusal.SignatureWrong] = () => Hmac(Claims, secret: [.. Secret.Reverse()]),
        [TokenRefusal.ExpiryMissing] = () => Hmac(Claims.Replace("exp", "export", StringComparison.Ordinal)),
        [TokenRefusal.Expired] = () => Hmac(Claims.Replace($"{Now + 60}", $"{Now - 30}", StringComparison.Ordinal)),
        [TokenRefusal.NotYetValid] = () => Hmac(Claims.Replace($"\"nbf\":{Now}", $"\"nbf\":{Now + 31}", StringComparison.Ordinal)),
        [TokenRefusal.IssuedInFuture] = () => Hmac(Claims.Replace($"\"iat\":{Now}", $"\"iat\":{Now + 31}", StringComparison.Ordinal)),
        [TokenRefusal.TimeMalformed] = () => Hmac(Claims.Replace($"{Now + 60}", "\"never\"", StringComparison.Ordinal)),
        [TokenRefusal.IssuerWrong] = () => Hmac(Claims.Replace("id.example", "ID.example", StringComparison.Ordinal)),
        [TokenRefusal.AudienceWrong] = () => Hmac(Claims.Replace("switchboard", "switchboards", StringComparison.Ordinal)),
    };

    public static TheoryData<TokenRefusal> Reasons() => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Token_BrokenInOneWay_IsRefusedForThat(TokenRefusal reason)
    {
        TokenResult result = await Verifier(Options).VerifyAsync(Broken[reason]());

        Assert.Equal(reason, result.Refusal);
        Assert.Null(result.Claims);
    }

    [Fact]
    public async Task Token_ThatIsNotBroken_IsAccepted()
    {
        Assert.True((await Verifier(Options).VerifyAsync(Hmac(Claims))).IsAccepted);
        Assert.True((await Verifier(Options).VerifyAsync(Es256(Claims))).IsAccepted);
        Assert.True((await Verifier(Options).VerifyAsync(Rs256(Claims))).IsAccepted);
    }

    [Fact]
    public void Reasons_AreMoreThanTwentyAndEachHasASentenceOfItsOwn()
    {
        TokenRefusal[] all = [.. Enum.GetValues<TokenRefusal>()];

        Assert.True(Broken.Count >= 20);
        Assert.Equal(all.Length, all.Select(TokenRefusals.Text).Distinct().Count());
        Assert.All(all, reason => Assert.Matches("^[A-Z][^\r\n]+\\.$", reason.Text()));
    }
}
