using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Tokens, key sets and API keys to begin with, and pieces of them.</summary>
internal static class TokenSeeds
{
    /// <summary>The time that it is.</summary>
    public const long Now = 1_300_819_000;

    public const string ApiKey = "sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public const string ApiKeyHash = "590c64a8639f94cec5c9fb55afe3b5db937bc8065f3b4bd5a78a9c139c0b3870";

    private const string Ec =
        """{"kty":"EC","kid":"e","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","use":"sig"}""";

    private const string Oct =
        """{"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

    // RFC 7515 A.3.
    private const string Es256 =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static readonly (int Kind, string Text)[] Texts =
    [
        (0, Es256), (0, "eyJhbGciOiJub25lIn0.e30."), (0, "a.b.c"), (0, "a.b.c.d.e"),
        (1, "{\"sub\":\"ann\",\"exp\":1300819380,\"nbf\":1300819000,\"iat\":1300818000.5}"),
        (1, "{\"alg\":\"HS256\",\"kid\":\"h\",\"typ\":\"JWT\"}\0{\"sub\":\"ann\",\"exp\":1300819380,\"switchboard\":{\"caps\":[{\"rooms\":\"lob*\",\"allow\":[\"join\",\"publish\"]},{\"users\":\"*\",\"allow\":[\"send\"]}]}}"),
        (1, "{\"alg\":\"HS256\"}\0{\"exp\":1300819380,\"room\":\"lobby\",\"allow\":[\"join\",\"presence\",\"history\",\"moderate\"]}"),
        (1, "{\"alg\":\"HS256\"}\0{\"exp\":1300819380,\"rooms\":\"*\",\"allow\":[],\"sub\":\"ann\",\"aud\":[\"a\"],\"iss\":\"i\"}"),
        (1, "{\"alg\":\"none\",\"crit\":[\"b64\"],\"jku\":\"\",\"jwk\":{},\"x5c\":[],\"x5u\":\"\"}\0{}"),
        (2, $$"""{"keys":[{{Ec}},{{Oct}}]}"""), (2, """{"keys":[]}"""), (2, """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"""),
        (3, ApiKey), (3, "Bearer " + ApiKey), (3, "bearer  x"),
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\0", ".", "=", "-", "_", "null", "true", "0", "-1", "1e400", "1300819380",
        "\"alg\":", "\"HS256\"", "\"RS256\"", "\"ES256\"", "\"none\"", "\"kid\":", "\"typ\":\"JWT\"", "\"crit\":[]", "\"jwk\":{}",
        "\"exp\":", "\"nbf\":", "\"iat\":", "\"sub\":", "\"aud\":", "\"switchboard\":", "\"caps\":", "\"rooms\":", "\"room\":",
        "\"users\":", "\"allow\":", "\"join\"", "\"send\"", "\"lobby\"", "\\ud800", "\\u0061lg", "\"keys\":", "\"kty\":", "\"k\":",
        "\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "sbk_", "Bearer ", new string('[', 17), new string('A', 64), "é", "😀",
    ];

    public static readonly byte[][] Dictionary = [.. Pieces.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC2]];

    /// <summary>The public key of RFC 7515 A.3.</summary>
    public static readonly ECDsa Key = ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint
        {
            X = Convert.FromBase64String("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU="),
            Y = Convert.FromBase64String("x/FEzRu9m36HLN/tue659LNpXW6pCyStikYjKIWI5a0="),
        },
    });

    public static ReadOnlySpan<byte> Header => "{\"alg\":\"HS256\",\"kid\":\"h\"}"u8;

    public static IEnumerable<byte[]> All => Texts.Select(static seed => (byte[])[(byte)seed.Kind, .. Encoding.UTF8.GetBytes(seed.Text)]);
}
