using System.Net;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Webhooks;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Gateway.Tests.Webhooks;

/// <summary>Clients without a WebSocket that nobody but the application can name.</summary>
public sealed class FallbackTests
{
    private const string Join = """{"type":"join","id":1,"room":"r"}""";

    [Fact]
    public async Task Poll_OfAClientThatTheApplicationNames_IsAskedAboutOnceAndThenUnderItsToken()
    {
        await using Receiver receiver = await NamingAsync();
        await using GatewayHost host = await StartAsync(receiver);
        using PollClient client = new(host, "eve");

        JsonElement welcome = await client.ConnectAsync();
        JsonElement joined = Assert.Single(await client.AskAsync(Join));
        JsonElement resumed = (await client.ResumeAsync())[0];

        Receiver.Received asked = await receiver.NextAsync();
        Assert.Equal("user=eve", asked.Text("query"));
        Assert.False(asked.Json.GetProperty("resume").GetBoolean());
        Assert.Equal("ann", welcome.Text("user"));
        Assert.Equal("joined", joined.Type());
        Assert.Equal(("ann", true), (resumed.Text("user"), resumed.GetProperty("resumed").GetBoolean()));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Stream_OfAClientThatTheApplicationNames_TakesWhatIsSentUnderItsToken()
    {
        await using Receiver receiver = await NamingAsync();
        await using GatewayHost host = await StartAsync(receiver);
        using PollClient client = new(host, "eve");
        await using StreamClient stream = await StreamClient.OpenAsync(client, "/fallback/sse");
        string token = (await stream.NextAsync("welcome")).Text("resume");

        using HttpResponseMessage sent = await client.PostAsync(
            "/fallback/send", $$"""{"resume":"{{token}}","seq":1,"commands":[{{Join}}]}""");
        using HttpResponseMessage forged = await client.PostAsync(
            "/fallback/send", $$"""{"resume":"{{Forge(token)}}","seq":2,"commands":[{{Join}}]}""");

        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        await stream.NextAsync("joined");
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Poll_WithATokenThatIsNone_NamesNobody()
    {
        await using Receiver receiver = await NamingAsync();
        await using GatewayHost host = await StartAsync(receiver);
        using PollClient client = new(host, "eve");
        await client.ConnectAsync();

        JsonElement[] wrong = await client.PollAsync($$"""{"resume":"{{Forge(client.Token)}}"}""");
        JsonElement[] nobodys = await client.PollAsync("""{"resume":"nonsense"}""");

        Assert.Single(wrong).ShouldBeError("resume_wrong");
        Assert.Single(nobodys).ShouldBeError("resume_expired");
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Poll_WithGuessedTokens_IsSlowedDownAsOnASocket()
    {
        await using Receiver receiver = await NamingAsync();
        await using GatewayHost host = await StartAsync(receiver, gateway: static options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.FailedResumesPerMinute = 1;
            options.Limits.PerAddress.FailedResumeBurst = 1;
        });
        using PollClient client = new(host, "eve");
        await client.ConnectAsync();
        string guess = $$"""{"resume":"{{Forge(client.Token)}}"}""";

        Assert.Single(await client.PollAsync(guess)).ShouldBeError("resume_wrong");
        Assert.Single(await client.PollAsync(guess)).ShouldBeError("too_fast");
        using HttpResponseMessage sent = await client.PostAsync(
            "/fallback/send", $$"""{"resume":"{{Forge(client.Token)}}","seq":1}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, sent.StatusCode);
    }

    [Fact]
    public async Task Poll_OfAClientThatTheApplicationRefuses_IsToldWhy()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.No(""","code":"banned" """);
        await using GatewayHost host = await StartAsync(receiver);
        using PollClient client = new(host, "eve");

        JsonElement[] events = await client.PollAsync("{}");

        events[0].ShouldBeError("banned");
        Assert.Equal(4506, events[1].Number("code"));
    }

    private static string Forge(string token) => token[..^1] + (token[^1] == 'A' ? 'B' : 'A');

    private static async Task<Receiver> NamingAsync()
    {
        Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","user":"ann" """);
        return receiver;
    }

    private static Task<GatewayHost> StartAsync(Receiver receiver, Action<GatewayOptions>? gateway = null) =>
        WebhookHost.StartAsync(
            receiver, WebhookEvent.Connect, webhooks: static options => options.NamesUsers = true, gateway: gateway);
}
