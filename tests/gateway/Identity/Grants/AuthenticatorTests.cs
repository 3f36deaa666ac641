using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Grants;

public sealed class AuthenticatorTests
{
    [Theory]
    [InlineData("""{"exp":9999999999}""", TokenRefusal.UserMissing)]
    [InlineData("""{"exp":9999999999,"sub":""}""", TokenRefusal.UserMalformed)]
    [InlineData("""{"exp":9999999999,"sub":5}""", TokenRefusal.UserMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"\ud800"}""", TokenRefusal.UserMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a\nb"}""", TokenRefusal.UserMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","room":"r"}""", TokenRefusal.NotForConnections)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{}}""", TokenRefusal.None)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":[]}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":{}}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"else":1}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[1]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"rooms":"r"}]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"rooms":"","allow":["join"]}]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"rooms":"r","allow":["fly"]}]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"rooms":"r","allow":["send"]}]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"users":"r","allow":["join"]}]}}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"sub":"a","switchboard":{"caps":[{"rooms":"r","allow":[],"until":1}]}}""", TokenRefusal.CapabilitiesMalformed)]
    public async Task Token_IsReadForItsUserAndItsCapabilities(string claims, TokenRefusal refusal) =>
        Assert.Equal(refusal, (await Authenticator().VerifyAsync(Hmac(claims))).Refusal);

    [Theory]
    [InlineData("""{"exp":9999999999,"sub":"ann"}""", TokenRefusal.NotForRooms)]
    [InlineData("""{"exp":9999999999,"room":"r"}""", TokenRefusal.NotForRooms)]
    [InlineData("""{"exp":9999999999,"room":"r","rooms":"r","allow":["join"]}""", TokenRefusal.NotForRooms)]
    [InlineData("""{"exp":9999999999,"room":"r","allow":["join"]}""", TokenRefusal.None)]
    [InlineData("""{"exp":9999999999,"rooms":"*","allow":["join"],"sub":"ann"}""", TokenRefusal.None)]
    [InlineData("""{"exp":9999999999,"room":"*","allow":["join"]}""", TokenRefusal.RoomForeign)]
    [InlineData("""{"exp":9999999999,"room":["r"],"allow":["join"]}""", TokenRefusal.RoomForeign)]
    [InlineData("""{"exp":9999999999,"room":"r","allow":["join"],"sub":"bob"}""", TokenRefusal.UserForeign)]
    [InlineData("""{"exp":9999999999,"room":"r","allow":["join"],"sub":null}""", TokenRefusal.UserForeign)]
    [InlineData("""{"exp":9999999999,"room":"r","allow":"join"}""", TokenRefusal.CapabilitiesMalformed)]
    [InlineData("""{"exp":9999999999,"room":"r","allow":["send"]}""", TokenRefusal.CapabilitiesMalformed)]
    public async Task TokenForARoom_IsReadForWhatItAllows(string claims, TokenRefusal refusal)
    {
        (RoomGrant grant, TokenRefusal actual) = await Authenticator().VerifyAsync(Hmac(claims), new UserName("ann"), "r");

        Assert.Equal(refusal, actual);
        Assert.Equal(refusal == TokenRefusal.None ? Capability.Join : Capability.None, grant.Allow);
    }

    [Theory]
    [InlineData("""{"exp":9999999999,"sub":"a"}""", Capability.Join)]
    [InlineData("""{"exp":9999999999,"sub":"a","role":"teacher"}""", Capability.Join | Capability.Moderate)]
    [InlineData("""{"exp":9999999999,"sub":"a","role":["x","teacher"]}""", Capability.Join | Capability.Moderate)]
    [InlineData("""{"exp":9999999999,"sub":"a","role":"Teacher"}""", Capability.Join)]
    [InlineData("""{"exp":9999999999,"sub":"a","role":{"teacher":1}}""", Capability.Join)]
    public async Task Rules_AddToWhatATokenAllows(string claims, Capability allowed)
    {
        Authenticator authenticator = Authenticator(
            new AccessRuleOptions { Rooms = "r*", Allow = [Capability.Join] },
            new AccessRuleOptions { Rooms = "*", Allow = [Capability.Moderate], Claim = "role=teacher" });

        Grant grant = (await authenticator.VerifyAsync(Hmac(claims))).Grant!;

        Assert.Equal(allowed, grant.Capabilities.For("room"));
        Assert.Equal(allowed & Capability.Moderate, grant.Capabilities.For("else"));
    }

    [Theory]
    [InlineData("", "", "", Capability.Join, "either")]
    [InlineData("r", "u", "", Capability.Send, "either")]
    [InlineData("r", "", "", Capability.Send, "Allow")]
    [InlineData("", "u", "", Capability.Join, "Allow")]
    [InlineData("r", "", "", Capability.None, "Allow")]
    [InlineData("r", "", "role", Capability.Join, "Claim")]
    [InlineData("r", "", "=x", Capability.Join, "Claim")]
    public void Rule_ThatIsWrong_IsNamed(string rooms, string users, string claim, Capability allow, string problem)
    {
        GatewayOptions options = new();
        options.Access.Rules.Add(new AccessRuleOptions { Rooms = rooms, Users = users, Claim = claim, Allow = [allow] });

        Assert.StartsWith($"Access.Rules:0.{problem}", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    private static Authenticator Authenticator(params AccessRuleOptions[] rules) =>
        new(Verifier(time: new FakeTime()), new AccessOptions { Rules = rules });
}
