using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class LimitTests
{
    private const string Ping = """{"type":"ping"}""";

    [Fact]
    public async Task Command_BeyondTheBurst_IsRefusedWithItsIdUntilTimeHasPassed()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());

        // AskAsync waits for the answer with the command's own id.
        JsonElement refused = await ann.AskAsync(Ping);
        refused.ShouldBeError("too_fast");
        Assert.True(refused.GetProperty("retry").GetBoolean());
        host.Time.Advance(TimeSpan.FromMilliseconds(99));
        (await ann.AskAsync(Ping)).ShouldBeError("too_fast");
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
        (await ann.AskAsync(Ping)).ShouldBeError("too_fast");

        host.Time.Advance(TimeSpan.FromSeconds(20));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
        }

        (await ann.AskAsync(Ping)).ShouldBeError("too_fast");
    }

    [Fact]
    public async Task Refused_PublishIsNotPublished()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        Assert.Equal(1, (await ann.PublishAsync("r", "1")).Number("offset"));

        (await ann.PublishAsync("r", "2")).ShouldBeError("too_fast");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await ann.PublishAsync("r", "3")).Number("offset"));
    }

    [Fact]
    public async Task Client_ThatIsRefusedOnAndOn_IsClosedWith4502()
    {
        await using GatewayHost host = await StartAsync(options => options.Limits.MaxRefusals = 2);
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.AskAsync(Ping);
        await ann.AskAsync(Ping);
        (await ann.AskAsync(Ping)).ShouldBeError("too_fast");
        (await ann.AskAsync(Ping)).ShouldBeError("too_fast");

        await ann.SendAsync(Ping);

        Assert.Equal(4502, await ann.ClosedAsync());
        Assert.Equal("too_fast", ann.Socket.CloseStatusDescription);
    }

    [Fact]
    public async Task Client_ThatPausesForAWholeBurst_IsForgivenItsRefusals()
    {
        await using GatewayHost host = await StartAsync(options => options.Limits.MaxRefusals = 1);
        await using TestClient ann = await host.ConnectAsync("ann");
        for (int i = 0; i < 5; i++)
        {
            await ExhaustAsync(ann);
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Client_ThatStaysAboveItsRate_IsClosedThoughSomeOfItIsTaken()
    {
        await using GatewayHost host = await StartAsync(options => options.Limits.MaxRefusals = 1);
        await using TestClient ann = await host.ConnectAsync("ann");
        await ExhaustAsync(ann);
        host.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());

        await ann.SendAsync(Ping);

        Assert.Equal(4502, await ann.ClosedAsync());
    }

    [Fact]
    public async Task Socket_WithoutAConnect_IsClosedWith4501AndOneWithIsNot()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ClientAsync("bob");
        (await bob.JoinAsync("r")).ShouldBeError("not_connected");
        host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("pong", (await bob.AskAsync(Ping)).Type());

        host.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4501, await bob.ClosedAsync());
        Assert.Equal("connect_timeout", bob.Socket.CloseStatusDescription);
        Assert.Equal("pong", (await ann.AskAsync(Ping)).Type());
    }

    [Fact]
    public async Task Message_OfTooManyFragments_ClosesWith1008()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxFragments = 4);
        using RawClient ann = await RawClient.OpenAsync(host, "/ws?user=ann");
        await SendFragmentsAsync(ann, 4);
        Assert.Equal("pong", (await ann.NextAsync()).Type());

        await SendFragmentsAsync(ann, 5);
        ServerFrame close = await ann.FrameAsync();

        Assert.Equal((int)Opcode.Close, close.Opcode);
        Assert.Equal(1008, close.CloseCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_BeyondTheSizeOnceInflated_ClosesWith1009(bool deflate)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxMessageBytes = 64 * 1024);
        await using TestClient ann = await host.ConnectAsync("ann", deflate);
        string padding = new(' ', (64 * 1024) - Ping.Length);
        await ann.SendAsync(Ping + padding);
        Assert.Equal("pong", (await ann.NextAsync()).Type());

        await ann.SendAsync(Ping + padding + " ");

        Assert.Equal(1009, await ann.ClosedAsync());
    }

    [Fact]
    public async Task Bomb_OfManyMegabytes_ClosesWith1009()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann", deflate: true);

        await ann.SendAsync(new string(' ', 32 * 1024 * 1024));

        Assert.Equal(1009, await ann.ClosedAsync());
    }

    private static Task<GatewayHost> StartAsync(Action<GatewayOptions>? configure = null) =>
        GatewayHost.StartAsync(options =>
        {
            options.Limits.MessagesPerSecond = 10;
            options.Limits.MessageBurst = 3;
            configure?.Invoke(options);
        });

    private static async Task SendFragmentsAsync(RawClient client, int count)
    {
        byte[] message = Encoding.UTF8.GetBytes(Ping);
        for (int i = 0; i < count; i++)
        {
            byte[] part = i < count - 1 ? message[i..(i + 1)] : message[i..];
            await client.SendAsync(i == 0 ? Opcode.Text : Opcode.Continuation, part, fin: i == count - 1);
        }
    }

    private static async Task ExhaustAsync(TestClient client)
    {
        JsonElement answer;
        do
        {
            answer = await client.AskAsync(Ping);
        }
        while (answer.Type() == "pong");

        answer.ShouldBeError("too_fast");
    }
}
