using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class UserAndRoomLimitTests
{
    private const string Ping = """{"type":"ping"}""";

    [Fact]
    public async Task Sockets_BeyondThoseOfAUser_AreRefusedWith429()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.PerUser.MaxConnections = 1);
        using Opening first = await Opening.SendAsync(host, "/ws?user=ann");
        using Opening second = await Opening.SendAsync(host, "/ws?user=ann");
        using Opening other = await Opening.SendAsync(host, "/ws?user=bob");

        Assert.Equal((101, 429, 101), (first.Status, second.Status, other.Status));
    }

    [Fact]
    public async Task Socket_ThatProvesItsUserWithItsConnect_IsClosedWith1013WhereThatUserHasAsManyAsItMay()
    {
        await using GatewayHost host = await TokenHost.StartAsync(build: builder => Configure(
            builder, options => options.Limits.PerUser.MaxConnections = 1));
        string token = TokenHost.Token("ann");
        await using TestClient first = await host.ConnectWithAsync(token);
        await using TestClient second = await host.ClientWithAsync("", null);

        await second.SendAsync($$"""{"type":"connect","token":"{{token}}"}""");

        Assert.Equal(1013, await second.ClosedAsync());
    }

    [Fact]
    public async Task Messages_OfAUser_AreSharedByItsConnections()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerUser.MessagesPerSecond = 1;
            options.Limits.PerUser.MessageBurst = 3;
        });
        await using TestClient one = await host.ConnectAsync("ann");
        await using TestClient two = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        Assert.Equal("pong", (await one.AskAsync(Ping)).Type());

        JsonElement refused = await two.AskAsync(Ping);

        refused.ShouldBeError("too_fast");
        Assert.Equal(1000, refused.Number("retryAfter"));
        Assert.Equal("pong", (await bob.AskAsync(Ping)).Type());
    }

    [Fact]
    public async Task Bytes_OfAConnection_AreLimitedByThemselves()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.BytesPerSecond = 1000;
            options.Limits.ByteBurst = 2048;
        });
        await using TestClient ann = await host.ConnectAsync("ann");
        Assert.Equal("pong", (await ann.AskAsync(Ping + new string(' ', 1500))).Type());

        JsonElement refused = await ann.AskAsync(Ping + new string(' ', 1500));

        refused.ShouldBeError("too_fast");
        Assert.Equal("more bytes than the connection may send", refused.Text("message"));
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
    }

    [Fact]
    public async Task Publishes_BeyondTheRateOfARoom_AreRefusedToAllOfItsMembers()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerRoom.MessagesPerSecond = 10;
            options.Limits.PerRoom.MessageBurst = 2;
        });
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        foreach (TestClient client in new[] { ann, bob })
        {
            await client.JoinAsync("r");
            await client.JoinAsync("other");
        }

        Assert.Equal("published", (await ann.PublishAsync("r", "1")).Type());
        Assert.Equal("published", (await ann.PublishAsync("r", "2")).Type());
        JsonElement refused = await bob.PublishAsync("r", "3");

        refused.ShouldBeError("too_fast");
        Assert.Equal("r", refused.Text("room"));
        Assert.Equal(100, refused.Number("retryAfter"));
        Assert.Equal("published", (await bob.PublishAsync("other", "1")).Type());
        host.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, (await bob.PublishAsync("r", "3")).Number("offset"));
    }

    [Fact]
    public async Task Edge_ShortOfMemory_RefusesWith503AndKeepsWhomItHas()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.Memory.MaxBytes = 1);
        await using TestClient ann = await host.ConnectAsync("ann");
        using Counters counters = new(host);

        // The next sweep looks.
        host.Time.Advance(TimeSpan.FromSeconds(1));
        using Opening refused = await Opening.SendAsync(host);

        Assert.Equal(503, refused.Status);
        Assert.Contains("\r\nRetry-After: 30\r\n", refused.Head, StringComparison.Ordinal);
        Assert.Equal(1, counters["limits"]);
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
    }

    private static void Configure(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder, Action<GatewayOptions> configure) =>
        Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure(builder.Services, configure);
}
