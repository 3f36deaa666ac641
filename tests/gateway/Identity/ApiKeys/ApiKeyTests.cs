using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Tests.Identity.ApiKeys;

public sealed class ApiKeyTests
{
    // sha256sum of the text.
    private const string Known = "sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Sha256OfKnown = "590c64a8639f94cec5c9fb55afe3b5db937bc8065f3b4bd5a78a9c139c0b3870";

    [Fact]
    public void Key_ThatIsConfigured_IsItsOwnersWithItsRoles()
    {
        (string key, string hash) = ApiKey.Create(new CryptoRandomSource());
        ApiKeyVerifier verifier = new(
            [Options("a", Sha256OfKnown, ApiKeyRole.Read), Options("b", hash, ApiKeyRole.Publish, ApiKeyRole.Issue)]);

        Assert.True(verifier.TryVerify(key, out ApiKeyIdentity? identity));

        Assert.Equal("b", identity.Name);
        Assert.True(identity.Has(ApiKeyRole.Publish));
        Assert.True(identity.Has(ApiKeyRole.Issue));
        Assert.False(identity.Has(ApiKeyRole.Read));
        Assert.False(identity.Has(ApiKeyRole.Admin));
    }

    [Theory]
    [InlineData(Known, true)]
    [InlineData("sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", false)]
    [InlineData("sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("SBK_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("sbk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u0141", false)]
    [InlineData(Sha256OfKnown, false)]
    [InlineData("", false)]
    public void Text_IsAKeyOnlyIfItIsExactlyThat(string text, bool isKey)
    {
        ApiKeyVerifier verifier = new([Options("a", Sha256OfKnown.ToUpperInvariant(), ApiKeyRole.Admin)]);

        Assert.Equal(isKey, verifier.TryVerify(text, out ApiKeyIdentity? identity));
        Assert.Equal(isKey, identity is not null);
    }

    [Fact]
    public void Admin_HasEveryRole()
    {
        ApiKeyVerifier verifier = new([Options("a", Sha256OfKnown, ApiKeyRole.Admin)]);

        Assert.True(verifier.TryVerify(Known, out ApiKeyIdentity? identity));
        Assert.All(Enum.GetValues<ApiKeyRole>(), role => Assert.True(identity.Has(role)));
    }

    [Theory]
    [InlineData("Bearer " + Known, null, Known)]
    [InlineData("bearer   " + Known, "other", Known)]
    [InlineData(null, " " + Known, Known)]
    [InlineData("Bearer eyJ.e30.x", Known, Known)]
    [InlineData("Basic " + Known, null, "")]
    [InlineData("Bearer eyJ.e30.x", null, "")]
    [InlineData(null, null, "")]
    public void Key_IsFoundInEitherHeader(string? authorization, string? header, string key) =>
        Assert.Equal(key, ApiKeyVerifier.Find(authorization, header).ToString());

    [Fact]
    public void Command_PrintsAKeyAndTheHashThatKnowsIt()
    {
        using StringWriter output = new();

        Assert.Equal(0, ApiKeyCommand.Run(output));

        string[] lines = output.ToString().Split(Environment.NewLine);
        ApiKeyVerifier verifier = new([Options("a", lines[1]["hash ".Length..], ApiKeyRole.Read)]);
        Assert.True(verifier.TryVerify(lines[0].AsSpan("key  ".Length), out _));
    }

    [Theory]
    [InlineData("", Sha256OfKnown, ApiKeyRole.Read, "Name")]
    [InlineData("a b", Sha256OfKnown, ApiKeyRole.Read, "Name")]
    [InlineData("a", "", ApiKeyRole.Read, "Hash")]
    [InlineData("a", Known, ApiKeyRole.Read, "Hash")]
    [InlineData("a", Sha256OfKnown, (ApiKeyRole)9, "Roles")]
    public void Options_ThatAreWrong_AreNamed(string name, string hash, ApiKeyRole role, string field)
    {
        GatewayOptions options = new();
        options.Access.ApiKeys.Add(Options(name, hash, role));

        Assert.StartsWith($"Access.ApiKeys:0.{field} ", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    private static ApiKeyOptions Options(string name, string hash, params ApiKeyRole[] roles) =>
        new() { Name = name, Hash = hash, Roles = roles };
}
