using System.Security.Cryptography;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Identity.Tokens.Keys;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

public sealed class TokenVerifierTests
{
    private static readonly long Now = FakeTime.Start.ToUnixTimeSeconds();

    public static TheoryData<string, TokenRefusal> Headers() => new()
    {
        { """{"alg":"HS256","kid":"h","typ":"jwt"}""", TokenRefusal.None },
        { """{"alg":"HS256","kid":"h","typ":"application/at+JWT","cty":"x","x5t":"y"}""", TokenRefusal.None },
        { """ { "kid" : "h" , "\u0061lg" : "HS\u003256" } """, TokenRefusal.None },
        { """{"alg":"HS256"}""", TokenRefusal.None },
        { """[]""", TokenRefusal.HeaderMalformed },
        { "", TokenRefusal.HeaderMalformed },
        { "\uFEFF{}", TokenRefusal.HeaderMalformed },
        { """{"alg":["HS256"]}""", TokenRefusal.HeaderMalformed },
        { """{"alg":null}""", TokenRefusal.HeaderMalformed },
        { """{"alg":"HS256","a":{"b":{"c":{"d":{}}}}}""", TokenRefusal.HeaderMalformed },
        { """{"alg":"HS256","\ud800":1}""", TokenRefusal.HeaderMalformed },
        { """{"alg":"HS256","a":1,"a":1}""", TokenRefusal.DuplicateMember },
        { """{"alg":"none","alg":"HS256"}""", TokenRefusal.DuplicateMember },
        { """{"alg":"HS256","kid":""}""", TokenRefusal.KeyIdMalformed },
        { """{"alg":"HS256","kid":null}""", TokenRefusal.KeyIdMalformed },
        { """{"alg":"HS256","typ":null}""", TokenRefusal.TypeWrong },
        { """{"alg":"HS256","crit":[]}""", TokenRefusal.CriticalHeader },
        { """{"alg":"HS256","jwk":{}}""", TokenRefusal.EmbeddedKey },
        { """{"alg":"HS256","x5u":""}""", TokenRefusal.EmbeddedKey },
        { """{"alg":"HS256","x5c":[]}""", TokenRefusal.EmbeddedKey },
        { """{"alg":"HS512","kid":"h"}""", TokenRefusal.AlgorithmUnsupported },
        { """{"alg":"ES256","kid":"h"}""", TokenRefusal.AlgorithmWrong },
        { """{"alg":"HS256","kid":"e"}""", TokenRefusal.AlgorithmWrong },
        { """{"alg":"HS256 ","kid":"h"}""", TokenRefusal.AlgorithmUnsupported },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Header_IsReadStrictly(string header, TokenRefusal refusal) =>
        Assert.Equal(refusal, (await Verifier().VerifyAsync(Hmac(GoodClaims, header))).Refusal);

    [Theory]
    [InlineData("""{"exp":9999999999,"a":{"b":1,"b":2}}""", TokenRefusal.DuplicateMember)]
    [InlineData("""{"exp":1,"exp":9999999999}""", TokenRefusal.DuplicateMember)]
    [InlineData("""[]""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":9999999999,}""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":9999999999} x""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":9999999999,"a":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":9999999999,"\ud800":1}""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":9999999999,"a":{"\ud800":1,"\ud800":1}}""", TokenRefusal.ClaimsMalformed)]
    [InlineData("""{"exp":null}""", TokenRefusal.TimeMalformed)]
    [InlineData("""{"exp":9999999999,"nbf":"0"}""", TokenRefusal.TimeMalformed)]
    [InlineData("""{"exp":9999999999,"iat":true}""", TokenRefusal.TimeMalformed)]
    [InlineData("""{"exp":1e400}""", TokenRefusal.None)]
    [InlineData("""{"exp":9999999999.5,"nbf":-1e400}""", TokenRefusal.None)]
    [InlineData("""{"exp":-1}""", TokenRefusal.Expired)]
    [InlineData("""{"exp":9999999999,"aud":"x"}""", TokenRefusal.AudienceWrong)]
    public async Task Claims_AreReadStrictly(string claims, TokenRefusal refusal) =>
        Assert.Equal(refusal, (await Verifier().VerifyAsync(Hmac(claims))).Refusal);

    [Theory]
    [InlineData(-31, 0, TokenRefusal.Expired)]
    [InlineData(-30, 0, TokenRefusal.Expired)]
    [InlineData(-29, 0, TokenRefusal.None)]
    [InlineData(60, 30, TokenRefusal.None)]
    [InlineData(60, 31, TokenRefusal.NotYetValid)]
    public async Task Times_MayBeApartAsFarAsTheSkew(int expiry, int begin, TokenRefusal refusal)
    {
        TokenResult result = await Verifier().VerifyAsync(Hmac($$"""{"exp":{{Now + expiry}},"nbf":{{Now + begin}}}"""));

        Assert.Equal(refusal, result.Refusal);
        if (result.IsAccepted)
        {
            Assert.Equal(FakeTime.Start.AddSeconds(expiry + 30), result.Claims.Expires);
        }
    }

    [Fact]
    public async Task Signature_WithAnyBitChanged_IsRefused()
    {
        ITokenVerifier verifier = Verifier();
        foreach (string token in new[] { Hmac(GoodClaims), Es256(GoodClaims) })
        {
            for (int i = token.LastIndexOf('.') + 1; i < token.Length; i++)
            {
                string changed = $"{token[..i]}{(token[i] == 'A' ? 'Q' : 'A')}{token[(i + 1)..]}";
                TokenRefusal refusal = (await verifier.VerifyAsync(changed)).Refusal;
                Assert.True(refusal is TokenRefusal.SignatureWrong or TokenRefusal.BadEncoding, $"{i}: {refusal}");
            }
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("AA==")]
    [InlineData("A+A/")]
    [InlineData("AA AA")]
    [InlineData("AAAA\n")]
    [InlineData("AAA\u0141")]
    public void Base64Url_InAnotherFormThanTheOne_IsRefused(string text) =>
        Assert.False(StrictBase64Url.TryDecode(text, out _));

    [Fact]
    public void Base64Url_OfAnyBytes_IsReadBack()
    {
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = RandomNumberGenerator.GetBytes(length);
            Assert.True(StrictBase64Url.TryDecode(System.Buffers.Text.Base64Url.EncodeToString(bytes), out byte[] read));
            Assert.Equal(bytes, read);
        }
    }

    [Fact]
    public async Task Token_WithoutAKeyId_IsVerifiedWhereOneKeyCanBeMeantOnly()
    {
        TokenKey[] two = [new HmacTokenKey("a", Secret), new HmacTokenKey("b", [.. Secret.Reverse()])];
        string token = Hmac(GoodClaims, """{"alg":"HS256"}""");

        Assert.Equal(TokenRefusal.KeyIdMissing, (await Verifier(two, new TokenOptions()).VerifyAsync(token)).Refusal);
        Assert.True((await Verifier(two[..1], new TokenOptions()).VerifyAsync(token)).IsAccepted);
    }

    [Fact]
    public void Keys_ThatAreTooWeak_AreNoKeys()
    {
        using RSA small = RSA.Create(1024);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<CryptographicException>(() => new HmacTokenKey("h", new byte[31]));
        Assert.Throws<CryptographicException>(() => new RsaTokenKey("r", small));
        Assert.Throws<CryptographicException>(() => new EcdsaTokenKey("e", other));
    }
}
