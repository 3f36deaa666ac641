using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Identity.Tokens.Keys;
using Switchboard.Gateway.Tests.Testing;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

public sealed class JwksTests
{
    private const string Claims = """{"sub":"ann","iss":"me","aud":"us","exp":9999999999}""";

    private static readonly string Secret64 = Base64Url.EncodeToString(Secret);

    public static TheoryData<string, int> Sets() => new()
    {
        { """{"keys":[]}""", 0 },
        { $$"""{"more":1,"keys":[{{Ec("e")}},{{RsaJson("r")}}]}""", 2 },
        { $$"""{"keys":[{{Ec("e", ",\"use\":\"sig\",\"alg\":\"ES256\",\"key_ops\":[\"verify\"]")}}]}""", 1 },
        { $$"""{"keys":[{{Ec("e", ",\"use\":\"enc\"")}},{{Ec("f", ",\"key_ops\":[\"sign\"]")}},{{Ec("g", ",\"alg\":\"ES384\"")}}]}""", 0 },
        { """{"keys":[{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""", 0 },
        { """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"OKP","crv":"Ed25519","x":"AA"},{"kty":5},{},5,null]}""", 0 },
        { """{"keys":[{"kty":"oct","alg":"HS256","k":"AAAA"},{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i"}]}""", 0 },
        { """{"keys":{}}""", -1 },
        { """{"keys":[],"keys":[]}""", -1 },
        { """[]""", -1 },
        { """{"keys":[],"\ud800":1}""", -1 },
        { """<html>""", -1 },
        { $$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""", -1 },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Set_IsReadForTheKeysOfUse(string json, int count) =>
        Assert.Equal(count, JwksReader.Read(Encoding.UTF8.GetBytes(json), secrets: true)?.Count ?? -1);

    [Fact]
    public void Secret_CountsInAFileOnly()
    {
        byte[] set = Encoding.UTF8.GetBytes($$"""{"keys":[{"kty":"oct","alg":"HS256","kid":"h","k":"{{Secret64}}"}]}""");

        Assert.Single(JwksReader.Read(set, secrets: true)!);
        Assert.Empty(JwksReader.Read(set, secrets: false)!);
    }

    [Fact]
    public async Task UnknownKey_HasTheSetReadAnewButNotTooOften()
    {
        await using JwksServer server = await JwksServer.StartAsync();
        FakeTime time = new();
        using TokenVerifierFactory factory = new(time, NullLoggerFactory.Instance);
        ITokenVerifier verifier = factory.Create(Options(server));
        server.Body = Set(RsaJson("r"));

        Assert.True((await verifier.VerifyAsync(Rs256(Claims))).IsAccepted);
        Assert.Equal(1, server.Requests);

        // The issuer begins to use another key.
        server.Body = Set(RsaJson("r"), Ec("e"));
        Assert.Equal(TokenRefusal.KeyUnknown, (await verifier.VerifyAsync(Es256(Claims))).Refusal);
        Assert.Equal(1, server.Requests);

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await verifier.VerifyAsync(Es256(Claims))).IsAccepted);
        Assert.Equal(2, server.Requests);

        // Whoever makes up names of keys does not make the server ask for each.
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(
                TokenRefusal.KeyUnknown,
                (await verifier.VerifyAsync(Es256(Claims, $$"""{"alg":"ES256","kid":"x{{i}}"}"""))).Refusal);
        }

        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Set_IsReadByIntervalAndAKeyThatIsGoneCountsNoMore()
    {
        await using JwksServer server = await JwksServer.StartAsync();
        FakeTime time = new();
        using TokenVerifierFactory factory = new(time, NullLoggerFactory.Instance);
        ITokenVerifier verifier = factory.Create(Options(server));
        server.Body = Set(RsaJson("r"), Ec("e"));
        Assert.True((await verifier.VerifyAsync(Rs256(Claims))).IsAccepted);

        server.Body = Set(Ec("e"));
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.True(await EventuallyAsync(async () =>
            (await verifier.VerifyAsync(Rs256(Claims))).Refusal == TokenRefusal.KeyUnknown));
        Assert.True((await verifier.VerifyAsync(Es256(Claims))).IsAccepted);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(302, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "large")]
    public async Task Set_ThatCannotBeHad_LeavesTheLastOne(int status, string body)
    {
        await using JwksServer server = await JwksServer.StartAsync();
        FakeTime time = new();
        using TokenVerifierFactory factory = new(time, NullLoggerFactory.Instance);
        ITokenVerifier verifier = factory.Create(Options(server));
        server.Body = Set(RsaJson("r"));
        Assert.True((await verifier.VerifyAsync(Rs256(Claims))).IsAccepted);

        server.Status = status;
        server.Body = body == "large" ? Set(Ec("e")) + new string(' ', 300_000) : body;
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TokenRefusal.KeyUnknown, (await verifier.VerifyAsync(Es256(Claims))).Refusal);
        Assert.Equal(2, server.Requests);
        Assert.True((await verifier.VerifyAsync(Rs256(Claims))).IsAccepted);
    }

    [Fact]
    public async Task Set_ThatWasNeverHad_IsNoFaultOfTheToken()
    {
        await using JwksServer server = await JwksServer.StartAsync();
        server.Status = 503;
        FakeTime time = new();
        using TokenVerifierFactory factory = new(time, NullLoggerFactory.Instance);
        ITokenVerifier verifier = factory.Create(Options(server));

        Assert.Equal(TokenRefusal.KeysUnavailable, (await verifier.VerifyAsync(Rs256(Claims))).Refusal);

        server.Status = 200;
        server.Body = Set(RsaJson("r"));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await verifier.VerifyAsync(Rs256(Claims))).IsAccepted);
    }

    [Fact]
    public async Task File_IsReadAnewToo()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""{"keys":[{"kty":"oct","alg":"HS256","kid":"h","k":"{{Secret64}}"}]}""");
            FakeTime time = new();
            using TokenVerifierFactory factory = new(time, NullLoggerFactory.Instance);
            ITokenVerifier verifier = factory.Create(new TokenOptions
            {
                Issuers = ["me"], Audiences = ["us"], Jwks = new JwksOptions { File = file },
            });
            Assert.True((await verifier.VerifyAsync(Hmac(Claims))).IsAccepted);

            await File.WriteAllTextAsync(file, Set(Ec("e")));
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.True((await verifier.VerifyAsync(Es256(Claims))).IsAccepted);
            Assert.Equal(TokenRefusal.KeyUnknown, (await verifier.VerifyAsync(Hmac(Claims))).Refusal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("http://keys.example/set", false)]
    [InlineData("ftp://keys.example/set", false)]
    [InlineData("keys", false)]
    [InlineData("https://keys.example/set", true)]
    [InlineData("http://127.0.0.1:5000/set", true)]
    public void Url_MustBeOneThatNobodyCanChangeOnItsWay(string url, bool valid) =>
        Assert.Equal(valid, !new JwksOptions { Url = url }.Validate().Any());

    private static TokenOptions Options(JwksServer server) =>
        new() { Issuers = ["me"], Audiences = ["us"], Jwks = new JwksOptions { Url = server.Url } };

    private static string Set(params string[] keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    private static string Ec(string id, string more = "")
    {
        ECPoint point = Ecdsa.ExportParameters(false).Q;
        return $$"""{"kty":"EC","kid":"{{id}}","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"{{more}}}""";
    }

    private static string RsaJson(string id)
    {
        RSAParameters key = Rsa.ExportParameters(false);
        return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}""";
    }

    private static async Task<bool> EventuallyAsync(Func<Task<bool>> condition)
    {
        CancellationToken limit = Limit.Token();
        while (!limit.IsCancellationRequested)
        {
            if (await condition())
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }

        return false;
    }
}
