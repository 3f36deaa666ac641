using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Identity;

public sealed class DevelopmentIdentityTests
{
    [Theory]
    [InlineData(DevelopmentIdentity.Never, false, false)]
    [InlineData(DevelopmentIdentity.Never, true, false)]
    [InlineData(DevelopmentIdentity.Loopback, false, false)]
    [InlineData(DevelopmentIdentity.Loopback, true, true)]
    [InlineData(DevelopmentIdentity.Always, false, true)]
    [InlineData(DevelopmentIdentity.Always, true, true)]
    public async Task Name_IsBelievedWhereTheModeSays(DevelopmentIdentity mode, bool loopback, bool believed)
    {
        DevelopmentIdentityProvider provider = new(mode);

        IdentityResult result = await provider.IdentifyAsync(Requests.Head("/ws?a=1&user=J%C3%B6rg"), loopback);

        Assert.Equal(believed ? "Jörg" : null, result.User.Value);
        Assert.Equal(
            believed ? null : "No authentication is configured, and clients may name themselves on loopback only.",
            result.Problem);
    }

    [Theory]
    [InlineData("/ws", "Name yourself with ?user=NAME.")]
    [InlineData("/ws?User=ann", "Name yourself with ?user=NAME.")]
    [InlineData("/ws?user=", "The user's name is not valid")]
    [InlineData("/ws?user=a%0Ab", "The user's name is not valid")]
    public async Task Name_ThatIsMissingOrNotValid_IsAProblem(string target, string problem)
    {
        DevelopmentIdentityProvider provider = new(DevelopmentIdentity.Always);

        IdentityResult result = await provider.IdentifyAsync(Requests.Head(target), loopback: false);

        Assert.StartsWith(problem, result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_WhereNobodyMayNameHimself_IsRefused()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Access.DevelopmentIdentity = DevelopmentIdentity.Never);

        using RawClient ann = await RawClient.OpenAsync(host, "/ws?user=ann");

        Assert.StartsWith("HTTP/1.1 401 ", ann.Head, StringComparison.Ordinal);
    }
}
