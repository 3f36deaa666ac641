using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Webhooks;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Gateway.Tests.Webhooks;

public sealed class ConnectTests
{
    [Fact]
    public async Task Connect_ThatTheApplicationAllows_IsWelcomeAndInItsFirstRooms()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","rooms":["lobby","ann's"]""");
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        await using TestClient client = await host.ConnectAsync("ann");

        JsonElement first = await client.NextAsync();
        JsonElement second = await client.NextAsync();
        JsonElement published = await client.PublishAsync("lobby", "1");

        Receiver.Received asked = await receiver.NextAsync();
        Assert.True(Secrets.Signed(asked));
        Assert.Equal(("connect", "ann"), (asked.Type, asked.Text("user")));
        Assert.False(asked.Json.GetProperty("resume").GetBoolean());
        Assert.False(asked.Json.TryGetProperty("query", out _));
        Assert.Equal(("joined", "lobby"), (first.Type(), first.Text("room")));
        Assert.Equal(("joined", "ann's"), (second.Type(), second.Text("room")));
        Assert.False(first.TryGetProperty("id", out _));
        Assert.Equal("published", published.Type());
    }

    [Fact]
    public async Task Connect_ThatTheApplicationRefuses_IsToldWhyAndClosed()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.No(""","code":"banned","message":"until Friday" """);
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        await using TestClient client = await host.ClientAsync("ann");

        JsonElement refused = await client.ConnectAsync();

        refused.ShouldBeError("banned");
        Assert.Equal("until Friday", refused.Text("message"));
        Assert.Equal(4506, await client.ClosedAsync());
    }

    [Fact]
    public async Task Connect_OfAClientThatNothingElseNames_IsNamedByTheApplication()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","user":"ann" """);
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect, webhooks: static options =>
        {
            options.NamesUsers = true;
            options.ForwardHeaders = ["Cookie"];
        });
        await using TestClient client = await host.ClientWithAsync(
            "?user=eve&game=1", "Bearer secret", static options => options.SetRequestHeader("Cookie", "sid=1"));

        JsonElement welcome = await client.ConnectAsync(""","token":"of the command" """);

        Receiver.Received asked = await receiver.NextAsync();
        Assert.Equal("ann", welcome.Text("user"));
        Assert.False(asked.Json.TryGetProperty("user", out _));
        Assert.Equal("user=eve&game=1", asked.Text("query"));
        Assert.Equal("of the command", asked.Text("token"));
        Assert.Equal("sid=1", asked.Json.GetProperty("headers").GetProperty("cookie").GetString());
        Assert.Single(asked.Json.GetProperty("headers").EnumerateObject());
    }

    [Fact]
    public async Task Connect_OfAClientThatTheApplicationDoesNotName_IsUnauthorized()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes();
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver, WebhookEvent.Connect, webhooks: static options => options.NamesUsers = true);
        await using TestClient client = await host.ClientAsync("eve");

        (await client.ConnectAsync()).ShouldBeError("unauthorized");
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Connect_OfAUserThatTheApplicationNamesOtherwise_IsUnauthorized()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","user":"bob" """);
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        await using TestClient client = await host.ClientAsync("ann");

        (await client.ConnectAsync()).ShouldBeError("unauthorized");
        Assert.Equal(4503, await client.ClosedAsync());
    }

    [Fact]
    public async Task Connect_WhileTheApplicationFails_MayBeTriedAgainOnTheSameSocket()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => new Reply(500);
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        await using TestClient client = await host.ClientAsync("ann");

        JsonElement first = await client.ConnectAsync();
        receiver.Answer = static _ => Reply.Yes();
        JsonElement second = await client.ConnectAsync();

        first.ShouldBeError("unavailable");
        Assert.True(first.GetProperty("retry").GetBoolean());
        Assert.Equal("welcome", second.Type());
    }

    [Fact]
    public async Task Connect_OfAUserThatIsBannedWhileTheApplicationIsAsked_IsRefused()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        IBackplaneAdmin admin = host.Services.GetRequiredService<IBackplaneAdmin>();
        receiver.Answer = _ =>
        {
            Task banned = admin.BanAsync(new UserName("ann"), TimeSpan.FromHours(1), "spam").AsTask();
            Assert.True(banned.IsCompletedSuccessfully);
            return Reply.Yes();
        };
        await using TestClient client = await host.ClientAsync("ann");

        (await client.ConnectAsync()).ShouldBeError("banned");
        Assert.Equal(4505, await client.ClosedAsync());
    }

    [Fact]
    public async Task Connect_OfAUserThatTheApplicationNames_CountsForThatUser()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","user":"ann" """);
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver,
            WebhookEvent.Connect,
            webhooks: static options => options.NamesUsers = true,
            gateway: static options => options.Limits.PerUser.MaxConnections = 1);
        await using TestClient first = await host.ClientWithAsync("", null);
        await using TestClient second = await host.ClientWithAsync("", null);
        Assert.Equal("welcome", (await first.ConnectAsync()).Type());

        await second.SendAsync("""{"type":"connect"}""");
        Assert.Equal(1013, await second.ClosedAsync());

        // The place is free a moment after the first one has ended.
        first.Drop();
        bool isWelcome = false;
        for (int tries = 0; tries < 1000 && !isWelcome; tries++)
        {
            await using TestClient third = await host.ClientWithAsync("", null);
            await third.SendAsync("""{"type":"connect"}""");
            isWelcome = (await third.ReceiveAsync()).Type == WebSocketMessageType.Text;
        }

        Assert.True(isWelcome);
    }

    [Fact]
    public async Task Resume_BeyondTheFailedOnesOfItsAddress_IsNotAsked()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes();
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect, gateway: static options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.FailedResumeBurst = 1;
        });
        await using TestClient client = await host.ClientAsync("mallory");
        const string Guess = ""","resume":"AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA" """;

        (await client.ConnectAsync(Guess)).ShouldBeError("resume_expired");
        (await client.ConnectAsync(Guess)).ShouldBeError("too_fast");

        Assert.Equal(1, receiver.Count);
    }

    [Theory]
    [InlineData(FailurePolicy.Closed, "error")]
    [InlineData(FailurePolicy.Open, "welcome")]
    public async Task Connect_WithoutAnAnswerInTime_EndsByThePolicy(FailurePolicy policy, string type)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver, WebhookEvent.Connect, endpoint => endpoint.OnFailure = policy);
        await using TestClient client = await host.ClientAsync("ann");

        Task<JsonElement> connected = client.ConnectAsync();
        await receiver.NextAsync();
        await host.AdvanceUntilAsync(connected, TimeSpan.FromSeconds(1));

        Assert.Equal(type, (await connected).Type());
    }

    [Fact]
    public async Task Resume_IsAskedToo_AndMayBeRefused()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","rooms":["lobby"]""");
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Connect);
        await using TestClient first = await host.ConnectAsync("ann");
        await first.NextAsync("joined");
        await receiver.NextAsync();
        await using TestClient second = await host.ClientAsync("ann");
        await using TestClient third = await host.ClientAsync("ann");

        JsonElement resumed = await second.ConnectAsync($",\"resume\":\"{first.Token}\"");
        JsonElement pong = await second.AskAsync("""{"type":"ping"}""");
        Receiver.Received asked = await receiver.NextAsync();
        receiver.Answer = static _ => Reply.No();
        JsonElement refused = await third.ConnectAsync($",\"resume\":\"{first.Token}\"");

        Assert.True(resumed.GetProperty("resumed").GetBoolean());
        Assert.True(asked.Json.GetProperty("resume").GetBoolean());
        Assert.Equal("pong", pong.Type());
        refused.ShouldBeError("refused");
        Assert.Equal(4506, await third.ClosedAsync());
    }

    [Fact]
    public async Task FirstRooms_ThatATokenDoesNotAllow_AreForbidden()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","rooms":["hall","lobby"]""");
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver,
            WebhookEvent.Connect,
            gateway: static options => options.Access.Tokens.Keys.Add(Identity.Tokens.TestTokens.SecretOptions));
        await using TestClient client = await host.ConnectWithAsync(
            TokenHost.Token("ann", """{"rooms":"lobby","allow":["join"]}"""));

        JsonElement hall = await client.NextAsync();
        JsonElement lobby = await client.NextAsync();

        hall.ShouldBeError("forbidden");
        Assert.Equal("hall", hall.Text("room"));
        Assert.Equal(("joined", "lobby"), (lobby.Type(), lobby.Text("room")));
    }

    [Fact]
    public async Task NamesUsers_BesideTokens_DoesNotStart()
    {
        await using Receiver receiver = await Receiver.StartAsync();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => WebhookHost.StartAsync(
            receiver,
            WebhookEvent.Connect,
            webhooks: static options => options.NamesUsers = true,
            gateway: static options => options.Access.Tokens.Keys.Add(Identity.Tokens.TestTokens.SecretOptions)));

        Assert.Contains("NamesUsers", refused.Message, StringComparison.Ordinal);
    }
}
