using System.Text.Json;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Tests.Identity.Tokens;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class AuthenticationTests
{
    private static readonly string Ann = TokenHost.Token("ann", seconds: 60);

    [Fact]
    public async Task Token_InTheHeaderInTheQueryOrInTheFirstMessage_NamesTheUser()
    {
        await using GatewayHost host = await TokenHost.StartAsync();

        await using TestClient header = await host.ClientWithAsync("", $"Bearer {Ann}");
        await using TestClient query = await host.ClientWithAsync($"?a=1&token={Ann}", "Basic b3RoZXI6cHJveHk=");
        await using TestClient message = await host.ClientWithAsync("?user=eve", null);

        Assert.Equal("ann", (await header.ConnectAsync()).Text("user"));
        Assert.Equal("ann", (await query.ConnectAsync()).Text("user"));
        Assert.Equal("ann", (await message.ConnectAsync($",\"token\":\"{Ann}\"")).Text("user"));
    }

    [Fact]
    public async Task Handshake_WithATokenThatIsRefused_IsAnsweredWithTheReasonAndWithoutTheToken()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        using Counters counters = new(host);
        string wrong = TokenHost.Token("ann", seconds: -60);

        using RawClient client = await RawClient.OpenAsync(host, $"/ws?token={wrong}");
        string rest = await client.Socket.ReadTextToEndAsync();

        Assert.StartsWith("HTTP/1.1 401 ", client.Head, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer\r\n", client.Head, StringComparison.Ordinal);
        Assert.Equal(TokenRefusal.Expired.Text(), rest);
        Assert.Equal(1, counters["tokens.refused"]);
    }

    [Theory]
    [InlineData("/ws?token=a&token=b", "three parts")]
    [InlineData("/ws?token=", "A token is needed.")]
    [InlineData("/ws?token=%zz", "base64url")]
    public async Task Handshake_WithNoToken_IsRefusedUnlessNoneIsThere(string target, string sentence)
    {
        await using GatewayHost host = await TokenHost.StartAsync();

        using RawClient client = await RawClient.OpenAsync(host, target);

        Assert.StartsWith("HTTP/1.1 401 ", client.Head, StringComparison.Ordinal);
        Assert.Contains(sentence, await client.Socket.ReadTextToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_WithTwoTokens_IsRefused()
    {
        await using GatewayHost host = await TokenHost.StartAsync();

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => host.ClientWithAsync($"?token={Ann}", $"Bearer {Ann}"));
    }

    [Fact]
    public async Task Handshake_WithoutAToken_IsRefusedWhereTheFirstMessageMayNotBringIt()
    {
        await using GatewayHost host = await TokenHost.StartAsync(access => access.Tokens.FirstMessage = false);

        using RawClient client = await RawClient.OpenAsync(host, "/ws?user=ann");

        Assert.StartsWith("HTTP/1.1 401 ", client.Head, StringComparison.Ordinal);
        Assert.Equal(TokenRefusal.Missing.Text(), await client.Socket.ReadTextToEndAsync());
    }

    [Fact]
    public async Task Handshake_WhileNoKeyCanBeHad_IsPutOff()
    {
        await using JwksServer keys = await JwksServer.StartAsync();
        keys.Status = 500;
        await using GatewayHost host = await TokenHost.StartAsync(access =>
        {
            access.Tokens = new TokenOptions { Issuers = ["me"], Audiences = ["us"], Jwks = new JwksOptions { Url = keys.Url } };
        });

        using RawClient client = await RawClient.OpenAsync(host, $"/ws?token={TestTokens.Rs256(TestTokens.GoodClaims)}");

        Assert.StartsWith("HTTP/1.1 503 ", client.Head, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1\r\n", client.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", TokenRefusal.Missing)]
    [InlineData(""","token":"a.b" """, TokenRefusal.NotThreeParts)]
    [InlineData(""","token":"e30.e30.e30" """, TokenRefusal.AlgorithmMissing)]
    public async Task Connect_WithoutAGoodToken_IsAnsweredAndTheSocketIsClosed(string rest, TokenRefusal reason)
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ClientWithAsync("", null);

        JsonElement answer = await client.ConnectAsync(rest);

        answer.ShouldBeError("unauthorized");
        Assert.Equal(reason.Text(), answer.Text("message"));
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Client_ThatIsNotKnownYet_MayDoNothingButConnect()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ClientWithAsync("", null);

        (await client.JoinAsync("r")).ShouldBeError("not_connected");
        (await client.RefreshAsync(Ann)).ShouldBeError("not_connected");
        Assert.Equal("welcome", (await client.ConnectAsync($",\"token\":\"{Ann}\"")).Type());
    }

    [Fact]
    public async Task Token_OfAnotherUserThanTheHandshakes_IsRefused()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ClientWithAsync($"?token={Ann}", null);

        JsonElement answer = await client.ConnectAsync($",\"token\":\"{TokenHost.Token("bob")}\"");

        answer.ShouldBeError("unauthorized");
        Assert.Equal(TokenRefusal.UserForeign.Text(), answer.Text("message"));
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Expiry_IsToldBeforeAndClosesAfterTheGrace()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(Ann);

        // It expires at 60 s, with the skew at 90 s: told 30 s before, closed 30 s after.
        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("pong", (await client.AskAsync("""{"type":"ping"}""")).Type());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        JsonElement expiring = await client.NextAsync();
        Assert.Equal(("expiring", 60), (expiring.Type(), expiring.Number("in")));
        Assert.False(expiring.TryGetProperty("room", out _));

        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("pong", (await client.AskAsync("""{"type":"ping"}""")).Type());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Refresh_WithAFreshToken_LetsTheConnectionLiveOn()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(Ann);
        host.Time.Advance(TimeSpan.FromSeconds(100));
        await client.NextAsync("expiring");

        (await client.RefreshAsync(Ann)).ShouldBeError("unauthorized");
        (await client.RefreshAsync(TokenHost.Token("bob", seconds: 1000))).ShouldBeError("unauthorized");
        Assert.Equal("ok", (await client.RefreshAsync(TokenHost.Token("ann", seconds: 200))).Type());

        host.Time.Advance(TimeSpan.FromSeconds(99));
        Assert.Equal("pong", (await client.AskAsync("""{"type":"ping"}""")).Type());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(60, (await client.NextAsync("expiring")).Number("in"));
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Expiry_BeforeTheConnect_IsToldAfterTheWelcome()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ClientWithAsync($"?token={TokenHost.Token("ann", seconds: 5)}", null);
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await client.SendAsync("""{"type":"connect"}""");
        Assert.Equal("welcome", (await client.NextAsync()).Type());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("expiring", (await client.NextAsync()).Type());
    }

    [Fact]
    public async Task Tokens_RefusedOverAndOver_CloseTheSocket()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(Ann);

        for (int i = 0; i < 10; i++)
        {
            (await client.RefreshAsync("a.b.c")).ShouldBeError("unauthorized");
        }

        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Connection_WhoseTokenExpired_IsResumedWithAFreshOne()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(Ann);
        string epoch = (await client.JoinAsync("r")).Text("epoch");
        host.Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(4503, await client.ClosedAsync());

        await using TestClient again = await host.ClientWithAsync("", null);
        JsonElement welcome = await again.ConnectAsync(
            $$$""","token":"{{{TokenHost.Token("ann")}}}","resume":"{{{client.Token}}}","positions":{"rooms":{"r":{{{TestClient.Position(epoch, 0)}}}}}""");

        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.True(welcome.GetProperty("rooms").GetProperty("r").GetProperty("recovered").GetBoolean());
    }

    [Fact]
    public async Task Server_WithoutAuthentication_PassesOverTokens()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient client = await host.ClientAsync("ann");

        Assert.Equal("welcome", (await client.ConnectAsync(""","token":"x" """)).Type());
        Assert.Equal("joined", (await client.JoinAsync("r", ""","token":"x" """)).Type());
        Assert.Equal("ok", (await client.RefreshAsync("x")).Type());
    }
}
