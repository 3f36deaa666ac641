using System.Net;
using System.Text;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class FallbackLimitTests
{
    [Fact]
    public async Task Requests_BeyondTheRateOfAnAddress_AreToldWhenToTryAgainAndOthersAreNot()
    {
        await using GatewayHost host = await StartAsync(limits =>
        {
            limits.RequestsPerSecond = 1;
            limits.RequestBurst = 2;
        });
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), await PollAsync(host, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.2")).Status);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);
    }

    [Fact]
    public async Task Messages_OfAConnection_AreCountedFromPollToPoll()
    {
        const string Ping = """{"type":"ping"}""";
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.MessagesPerSecond = 1;
            options.Limits.MessageBurst = 4;
        });
        using PollClient ann = new(host, "ann");
        using PollClient bob = new(host, "ann");
        await ann.ConnectAsync();
        await bob.ConnectAsync();

        // Each poll connects, which counts as well.
        Assert.Equal(["pong"], (await ann.AskAsync(Ping)).Select(answer => answer.Type()));
        JsonElement[] second = await ann.AskAsync(Ping, Ping);

        Assert.Equal("pong", second[0].Type());
        second[1].ShouldBeError("too_fast");
        Assert.Equal(1000, second[1].Number("retryAfter"));
        Assert.Equal("pong", Assert.Single(await bob.AskAsync(Ping)).Type());
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("pong", Assert.Single(await ann.AskAsync(Ping)).Type());
    }

    [Fact]
    public async Task Connections_OfPolls_CountAsHandshakesOfTheirAddress()
    {
        await using GatewayHost host = await StartAsync(limits =>
        {
            limits.HandshakesPerSecond = 1;
            limits.HandshakeBurst = 2;
        });
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), await PollAsync(host, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.2")).Status);
    }

    [Fact]
    public async Task Poll_ThatHasEnded_TakesNoPlace()
    {
        await using GatewayHost host = await StartAsync(limits => limits.MaxConnections = 1);
        Assert.Equal(HttpStatusCode.OK, (await PollAsync(host, "192.0.2.1")).Status);

        // The place is free a moment after the answer has been read.
        int status = 0;
        DateTime until = DateTime.UtcNow + Limit.Time;
        Opening? socket = null;
        while (status != 101 && DateTime.UtcNow < until)
        {
            socket?.Dispose();
            socket = await Opening.FromAsync(host, "192.0.2.1");
            status = socket.Status;
        }

        using Opening? kept = socket;
        Assert.Equal(101, status);
        Assert.Equal((HttpStatusCode.TooManyRequests, "10"), await PollAsync(host, "192.0.2.1"));
    }

    private static async Task<(HttpStatusCode Status, string? RetryAfter)> PollAsync(GatewayHost host, string from)
    {
        using HttpClient http = new() { BaseAddress = host.Address };
        using HttpRequestMessage request = new(HttpMethod.Post, "/fallback/poll?user=ann")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = "localhost";
        request.Headers.Add("X-Forwarded-For", from);
        using HttpResponseMessage answer = await http.SendAsync(request, Limit.Token());
        return (answer.StatusCode, answer.Headers.RetryAfter?.ToString());
    }

    private static Task<GatewayHost> StartAsync(Action<AddressLimitOptions> configure) => GatewayHost.StartAsync(options =>
    {
        options.Access.DevelopmentIdentity = DevelopmentIdentity.Always;
        options.Proxies.Trusted = ["127.0.0.1"];
        configure(options.Limits.PerAddress);
    });
}
