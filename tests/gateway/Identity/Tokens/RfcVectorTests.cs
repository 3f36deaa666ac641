using System.Text;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

/// <summary>The examples of RFC 7515 (appendix A) and RFC 7519, whose claims expired on 22 March 2011.</summary>
public sealed class RfcVectorTests
{
    private const string Claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    // RFC 7515 A.1.1, and RFC 7519 §3.1.
    private const string Hs256 =
        $"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{Claims}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string HmacKey =
        """{"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

    // A.2.1
    private const string Rs256 =
        $"eyJhbGciOiJSUzI1NiJ9.{Claims}."
        + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ"
        + "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-e"
        + "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string RsaKey =
        "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
        + "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
        + "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
        + "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}";

    // A.3.1
    private const string Es256 =
        $"eyJhbGciOiJFUzI1NiJ9.{Claims}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private const string EcKey =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    // A.5, and RFC 7519 §6.1.
    private const string Unsecured = $"eyJhbGciOiJub25lIn0.{Claims}.";

    [Theory]
    [InlineData(Hs256, HmacKey)]
    [InlineData(Rs256, RsaKey)]
    [InlineData(Es256, EcKey)]
    public async Task Example_WithItsKey_IsAcceptedWhileItIsValid(string token, string key)
    {
        TokenResult then = await VerifierAt(1300819379, key).VerifyAsync(token);
        TokenResult later = await VerifierAt(1300819380, key).VerifyAsync(token);

        Assert.True(then.IsAccepted);
        Assert.Equal("joe", then.Claims.Text("iss"));
        Assert.True(then.Claims.Root.GetProperty("http://example.com/is_root").GetBoolean());
        Assert.Equal(TokenRefusal.Expired, later.Refusal);
    }

    [Theory]
    [InlineData(Hs256, RsaKey, TokenRefusal.AlgorithmWrong)]
    [InlineData(Rs256, EcKey, TokenRefusal.AlgorithmWrong)]
    [InlineData(Es256, HmacKey, TokenRefusal.AlgorithmWrong)]
    [InlineData(Unsecured, HmacKey, TokenRefusal.AlgorithmNone)]
    [InlineData(Unsecured, EcKey, TokenRefusal.AlgorithmNone)]
    public async Task Example_WithAnotherKey_IsRefused(string token, string key, TokenRefusal refusal) =>
        Assert.Equal(refusal, (await VerifierAt(1300819379, key).VerifyAsync(token)).Refusal);

    // RFC 7519 A.1 is encrypted, in five parts.
    [Fact]
    public async Task EncryptedToken_IsRefused() => Assert.Equal(
        TokenRefusal.NotThreeParts,
        (await VerifierAt(1300819379, HmacKey).VerifyAsync("eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.AA.AA.AA.AA")).Refusal);

    private static ITokenVerifier VerifierAt(long seconds, string key)
    {
        IReadOnlyList<TokenKey>? keys = JwksReader.Read(Encoding.UTF8.GetBytes($$"""{"keys":[{{key}}]}"""), secrets: true);
        return TestTokens.Verifier(
            Assert.IsAssignableFrom<IReadOnlyList<TokenKey>>(keys), new TokenOptions { ClockSkew = TimeSpan.Zero }, new FixedTime(seconds));
    }

    private sealed class FixedTime(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
