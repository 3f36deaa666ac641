using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fallbacks;

public sealed class TokenTests
{
    private const string OnlyJoin = """{"rooms":"r","allow":["join"]}""";
    private const string Join = """{"type":"join","id":1,"room":"r"}""";
    private const string Publish = """{"type":"publish","id":2,"room":"r","data":1}""";

    [Theory]
    [InlineData("/fallback/poll")]
    [InlineData("/fallback/sse")]
    [InlineData("/fallback/send")]
    public async Task Request_WithoutAToken_IsRefusedAsThereIsNoFirstMessage(string path)
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        using PollClient ann = new(host, "ann");

        using HttpResponseMessage answer = await ann.PostAsync(path, "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(TokenRefusal.Missing.Text(), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_IsHeldToWhatItsTokenAllows()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        using PollClient ann = Client(host, TokenHost.Token("ann", OnlyJoin));
        Assert.Equal("ann", (await ann.ConnectAsync()).Text("user"));

        JsonElement[] answers = await ann.AskAsync(Join, Publish, """{"type":"join","id":3,"room":"s"}""");

        Assert.Equal("joined", answers[0].Type());
        answers[1].ShouldBeError("forbidden");
        answers[2].ShouldBeError("forbidden");

        // The next one with another token: the room is left with the resume.
        ann.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenHost.Token("ann", ""));
        JsonElement[] resumed = await ann.ResumeAsync();
        Assert.Empty(resumed[0].GetProperty("rooms").EnumerateObject());
    }

    [Fact]
    public async Task Stream_IsToldOfItsExpiryRefreshedAndClosed()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        using PollClient ann = Client(host, TokenHost.Token("ann", OnlyJoin, 60));
        await using StreamClient stream = await StreamClient.OpenAsync(ann, "/fallback/sse");
        string token = (await stream.NextAsync("welcome")).Text("resume");
        await SendAsync(ann, token, 1, Join);
        await stream.NextAsync("joined");

        host.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(59, (await stream.NextAsync("expiring")).Number("in"));
        await SendAsync(ann, token, 2, $$"""{"type":"refresh","id":3,"token":"{{TokenHost.Token("ann", "", 120)}}"}""");
        Assert.Equal("revoked", (await stream.NextAsync("left")).Text("reason"));
        await stream.NextAsync("ok");

        host.Time.Advance(TimeSpan.FromSeconds(60));
        await stream.NextAsync("expiring");
        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(4503, (await stream.NextAsync("closed")).Number("code"));
    }

    [Fact]
    public async Task Stream_LeavesARoomWhoseTokenExpires()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        using PollClient ann = Client(host, TokenHost.Token("ann", ""));
        await using StreamClient stream = await StreamClient.OpenAsync(ann, "/fallback/sse");
        string token = (await stream.NextAsync("welcome")).Text("resume");
        await SendAsync(ann, token, 1, $$"""{"type":"join","id":1,"room":"r","token":"{{TokenHost.RoomToken("r", "\"join\"", 60)}}"}""");
        await stream.NextAsync("joined");

        host.Time.Advance(TimeSpan.FromSeconds(91));

        Assert.Equal("expired", (await stream.NextAsync("left")).Text("reason"));
    }

    private static PollClient Client(GatewayHost host, string token)
    {
        PollClient client = new(host, "nobody");
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task SendAsync(PollClient client, string token, long sequence, string command)
    {
        using HttpResponseMessage sent = await client.PostAsync(
            "/fallback/send", $$"""{"resume":"{{token}}","seq":{{sequence}},"commands":[{{command}}]}""");
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
    }
}
