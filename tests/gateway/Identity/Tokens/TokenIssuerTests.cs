using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
using static Switchboard.Gateway.Tests.Identity.Tokens.TestTokens;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

public sealed class TokenIssuerTests
{
    private readonly FakeTime _time = new();
    private readonly AccessOptions _access = new();
    private readonly Authenticator _authenticator;

    public TokenIssuerTests()
    {
        _access.Tokens = new TokenOptions { Keys = [SecretOptions], Issuers = ["me", "you"], Audiences = ["us"] };
        _authenticator = new Authenticator(Verifier(_access.Tokens, _time), _access);
    }

    [Fact]
    public async Task Token_ThatWasIssued_GivesWhatItWasIssuedFor()
    {
        string token = new TokenIssuer(_access.Tokens, _time).Issue(
            new UserName("Jörg \"J\""),
            TimeSpan.FromMinutes(5),
            [new("chat.*", Capability.Join | Capability.Publish), new("a*", Capability.Send)]);

        (Grant? grant, TokenRefusal refusal) = await _authenticator.VerifyAsync(token);

        Assert.Equal(TokenRefusal.None, refusal);
        Assert.Equal("Jörg \"J\"", grant!.User.Value);
        Assert.Equal(Capability.Join | Capability.Publish, grant.Capabilities.For("chat.1"));
        Assert.Equal(Capability.None, grant.Capabilities.For("cha"));
        Assert.True(grant.Capabilities.MaySendTo("ann"));
        Assert.False(grant.Capabilities.MaySendTo("bob"));
        Assert.False(grant.Capabilities.MaySendToAnyone);

        // To a whole second, and the clocks' skew.
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(FakeTime.Start.ToUnixTimeSeconds() + 330), grant.Expires);
    }

    [Fact]
    public async Task TokenForARoom_IsForThatRoomAndUserAndForNothingElse()
    {
        string token = new TokenIssuer(_access.Tokens, _time).IssueForRoom(
            new UserName("ann"), new RoomName("vip*"), Capability.Join | Capability.Send, TimeSpan.FromMinutes(5));

        (RoomGrant grant, TokenRefusal refusal) = await _authenticator.VerifyAsync(token, new UserName("ann"), "vip*");
        Assert.Equal((TokenRefusal.None, Capability.Join), (refusal, grant.Allow));

        // The name of a room is no pattern.
        Assert.Equal(TokenRefusal.RoomForeign, (await _authenticator.VerifyAsync(token, new UserName("ann"), "vip1")).Refusal);
        Assert.Equal(TokenRefusal.UserForeign, (await _authenticator.VerifyAsync(token, new UserName("bob"), "vip*")).Refusal);
        Assert.Equal(TokenRefusal.NotForConnections, (await _authenticator.VerifyAsync(token)).Refusal);
    }

    [Fact]
    public void Issuer_WithoutAKey_SaysSo()
    {
        TokenIssuer issuer = new(new TokenOptions(), _time);

        Assert.False(issuer.IsConfigured);
        Assert.Throws<InvalidOperationException>(() => issuer.Issue(new UserName("ann"), TimeSpan.FromMinutes(5), []));
    }

    [Fact]
    public void Issuer_DoesNotIssueWhatWouldNotBeAccepted()
    {
        CapabilityRule[] rules = [.. Enumerable.Range(0, 100).Select(static i => new CapabilityRule($"room number {i}", Capability.Room))];

        Assert.Throws<InvalidOperationException>(
            () => new TokenIssuer(_access.Tokens, _time).Issue(new UserName("ann"), TimeSpan.FromMinutes(5), rules));
    }
}
