using System.Security.Cryptography;
using Switchboard.Gateway.Identity.Tokens;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

public sealed class TokenOptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("switchboard-keys-");

    public static TheoryData<string, Action<AccessOptions>> Wrong() => new()
    {
        { "Tokens.ClockSkew", a => a.Tokens.ClockSkew = TimeSpan.FromMinutes(6) },
        { "Tokens.MaxBytes", a => a.Tokens.MaxBytes = 8193 },
        { "Tokens.Warning", a => a.Tokens.Warning = TimeSpan.FromHours(2) },
        { "Tokens.Grace", a => a.Tokens.Grace = TimeSpan.FromSeconds(-1) },
        { "Tokens.UserClaim", a => a.Tokens.UserClaim = "" },
        { "Tokens.IssueWith", a => a.Tokens.IssueWith = "h" },
        { "Tokens.Jwks:", a => a.Tokens.Jwks.Url = "https://keys.example" },
        { "Tokens.Jwks.Refresh", a => a.Tokens.Jwks.Refresh = TimeSpan.Zero },
        { "Tokens.Jwks.UnknownKeyPause", a => a.Tokens.Jwks.UnknownKeyPause = TimeSpan.Zero },
        { "Tokens.Jwks.Timeout", a => a.Tokens.Jwks.Timeout = TimeSpan.Zero },
        { "Tokens.Jwks.MaxBytes", a => a.Tokens.Jwks.MaxBytes = 1 },
        { "Tokens.Keys:0: an HS256 key has either", a => a.Tokens.Keys.Add(new TokenKeyOptions()) },
        { "Tokens.Keys:0: an HS256 secret must have", a => a.Tokens.Keys.Add(new TokenKeyOptions { Secret = "c2hvcnQ=" }) },
        { "Tokens.Keys:0: a secret must be in base64", a => a.Tokens.Keys.Add(new TokenKeyOptions { Secret = "not base64!" }) },
        { "Tokens.Keys:0: an RS256 or ES256 key has", a => a.Tokens.Keys.Add(new TokenKeyOptions { Algorithm = TokenAlgorithm.ES256 }) },
        { "Tokens.Keys:0: Could not find", a => a.Tokens.Keys.Add(new TokenKeyOptions { SecretFile = "/nowhere" }) },
        { "Tokens.Keys:0: Algorithm must be", a => a.Tokens.Keys.Add(new TokenKeyOptions { Algorithm = (TokenAlgorithm)9 }) },
        { "DevelopmentIdentity", a => { a.DevelopmentIdentity = DevelopmentIdentity.Always; a.Tokens.Keys.Add(SecretOptions); } },
        { "Tokens.Keys: two keys", a => { a.Tokens.Keys.Add(SecretOptions); a.Tokens.Keys.Add(SecretOptions); } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Value_ThatIsWrong_IsNamedAndNothingElseIs(string problem, Action<AccessOptions> make)
    {
        AccessOptions options = new();
        make(options);

        Assert.StartsWith(problem, Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OfFiles_VerifyWhatTheirOwnersSign()
    {
        TokenOptions options = new()
        {
            Keys =
            [
                new TokenKeyOptions { Id = "h", SecretFile = Write(Convert.ToBase64String(Secret) + "\n") },
                new TokenKeyOptions { Id = "r", Algorithm = TokenAlgorithm.RS256, PublicKeyFile = Write(Rsa.ExportRSAPublicKeyPem()) },
                new TokenKeyOptions { Id = "e", Algorithm = TokenAlgorithm.ES256, PublicKeyFile = Write(Ecdsa.ExportSubjectPublicKeyInfoPem()) },
            ],
        };
        Assert.Empty(options.Validate());
        ITokenVerifier verifier = Verifier([.. options.Keys.Select(key => key.Create())], options);

        Assert.True((await verifier.VerifyAsync(Hmac(GoodClaims))).IsAccepted);
        Assert.True((await verifier.VerifyAsync(Rs256(GoodClaims))).IsAccepted);
        Assert.True((await verifier.VerifyAsync(Es256(GoodClaims))).IsAccepted);
    }

    [Fact]
    public void Key_OfTheWrongKind_IsRefusedAtTheStart()
    {
        using RSA small = RSA.Create(1024);

        Assert.Contains("private key", Problem(TokenAlgorithm.RS256, Rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("2048", Problem(TokenAlgorithm.RS256, small.ExportRSAPublicKeyPem()), StringComparison.Ordinal);
        Assert.Contains("no public key", Problem(TokenAlgorithm.ES256, "nonsense"), StringComparison.Ordinal);
        Assert.NotEmpty(Problem(TokenAlgorithm.ES256, Rsa.ExportSubjectPublicKeyInfoPem()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Problem(TokenAlgorithm algorithm, string pem) =>
        Assert.Single(new TokenKeyOptions { Algorithm = algorithm, PublicKeyFile = Write(pem) }.Validate());

    private string Write(string text)
    {
        string file = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }
}
