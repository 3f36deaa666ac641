using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class AddressLimitTests
{
    private const string Ann = "/ws?user=ann";

    [Fact]
    public async Task Handshakes_BeyondTheRateOfAnAddress_AreToldWhenToTryAgainAndOthersAreNot()
    {
        await using GatewayHost host = await StartAsync(limits =>
        {
            limits.HandshakesPerSecond = 1;
            limits.HandshakeBurst = 2;
        });
        using Counters counters = new(host);
        using (await Opening.FromAsync(host, "192.0.2.1"))
        using (await Opening.FromAsync(host, "192.0.2.1"))
        using (Opening refused = await Opening.FromAsync(host, "192.0.2.1"))
        using (Opening other = await Opening.FromAsync(host, "192.0.2.2"))
        {
            Assert.Equal(429, refused.Status);
            Assert.Contains("\r\nRetry-After: 1\r\n", refused.Head, StringComparison.Ordinal);
            Assert.Equal(101, other.Status);
        }

        Assert.Equal(1, counters["limits"]);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        using Opening later = await Opening.FromAsync(host, "192.0.2.1");
        Assert.Equal(101, later.Status);
    }

    [Fact]
    public async Task Sockets_BeyondThoseOfAnAddress_AreRefusedUntilOneHasEnded()
    {
        await using GatewayHost host = await StartAsync(limits => limits.MaxConnections = 2);
        using Opening first = await Opening.FromAsync(host, "2001:db8::1");
        using Opening second = await Opening.FromAsync(host, "2001:db8::2");
        using (Opening third = await Opening.FromAsync(host, "2001:db8::3"))
        {
            Assert.Equal(429, third.Status);
            Assert.Contains("\r\nRetry-After: 10\r\n", third.Head, StringComparison.Ordinal);
        }

        first.Dispose();
        int status = 0;
        DateTime until = DateTime.UtcNow + Limit.Time;
        while (status != 101 && DateTime.UtcNow < until)
        {
            using Opening again = await Opening.FromAsync(host, "2001:db8::4");
            status = again.Status;
        }

        Assert.Equal(101, status);
        Assert.Equal(101, second.Status);
    }

    [Fact]
    public async Task Refusals_OfAnotherKind_TakeNoPlace()
    {
        await using GatewayHost host = await StartAsync(limits => limits.MaxConnections = 1);
        for (int i = 0; i < 3; i++)
        {
            using Opening unnamed = await Opening.FromAsync(host, "192.0.2.1", "/ws");
            Assert.Equal(401, unnamed.Status);
        }

        using Opening named = await Opening.FromAsync(host, "192.0.2.1");
        Assert.Equal(101, named.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_OfAnAddress_AreSharedByItsConnectionsAndCloseNone(bool bytes)
    {
        await using GatewayHost host = await StartAsync(limits =>
        {
            limits.MessagesPerSecond = bytes ? 0 : 1;
            limits.MessageBurst = 4;
            limits.BytesPerSecond = bytes ? 100 : 0;
            limits.ByteBurst = 1024;
        });
        using Counters counters = new(host);
        await using TestClient ann = await ConnectAsync(host, "ann");
        await using TestClient bob = await ConnectAsync(host, "bob");
        string padding = new(' ', bytes ? 400 : 0);
        await ann.AskAsync("""{"type":"ping"}""" + padding);
        await bob.AskAsync("""{"type":"ping"}""" + padding);

        JsonElement refused = await bob.AskAsync("""{"type":"ping"}""" + padding);

        refused.ShouldBeError("too_fast");
        Assert.Equal($"more {(bytes ? "bytes" : "messages")} than the address may send", refused.Text("message"));
        Assert.InRange(refused.Number("retryAfter"), 1, 10_000);
        Assert.Equal(1, counters["limits"]);
        host.Time.Advance(TimeSpan.FromMilliseconds(refused.Number("retryAfter")));
        Assert.Equal("pong", (await bob.AskAsync("""{"type":"ping"}""" + padding)).Type());
    }

    [Fact]
    public async Task Loopback_IsNotLimitedUnlessAskedFor()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.PerAddress.MaxConnections = 1);
        using Opening first = await Opening.SendAsync(host, Ann);
        using Opening second = await Opening.SendAsync(host, Ann);

        Assert.Equal(101, second.Status);
    }

    private static Task<GatewayHost> StartAsync(Action<AddressLimitOptions> configure) => GatewayHost.StartAsync(options =>
    {
        options.Access.DevelopmentIdentity = DevelopmentIdentity.Always;
        options.Proxies.Trusted = ["127.0.0.0/8"];
        configure(options.Limits.PerAddress);
    });

    private static async Task<TestClient> ConnectAsync(GatewayHost host, string user)
    {
        TestClient client = new(await host.OpenAsync($"/ws?user={user}", options =>
        {
            options.AddSubProtocol("switchboard.v1.json");
            options.SetRequestHeader("X-Forwarded-For", "192.0.2.1");
        }));
        await client.ConnectAsync();
        return client;
    }
}
