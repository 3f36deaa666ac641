using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Peers that send more than they may.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task Handshakes_FromOneAddress_AreRefusedWhileOthersComeIn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.HandshakeBurst = 5;
        });
        int[] statuses = new int[50];
        for (int i = 0; i < statuses.Length; i++)
        {
            using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint, from: IPAddress.Parse("127.0.0.2"));
            await socket.SendAsync(Opening.Request());
            statuses[i] = int.Parse((await socket.ReadHeadAsync()).AsSpan(9, 3));
        }

        using Opening other = await Opening.SendAsync(host);
        Assert.Equal(101, other.Status);
        Assert.All(statuses[..5], status => Assert.Equal(101, status));
        Assert.All(statuses[5..], status => Assert.Equal(429, status));
    }

    [Fact]
    public async Task Addresses_WithoutEnd_AreTrackedUpToABound()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Proxies.Trusted = ["127.0.0.1"];
            options.Limits.MaxTracked = 10;
        });
        for (int i = 0; i < 100; i++)
        {
            using Opening opening = await Opening.FromAsync(host, $"198.51.100.{i}");
        }

        Assert.InRange(host.Services.GetRequiredService<WebSocketGateway>().Clients.Tracked, 1, 10);
    }

    [Fact]
    public async Task Pings_WithoutEnd_AreAnsweredUpToTheRateAndThenClosedWith4502()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.MessagesPerSecond = 10;
            options.Limits.MessageBurst = 5;
            options.Limits.MaxRefusals = 20;
        });
        using RawClient client = await RawClient.OpenAsync(host, "/ws?user=ann");
        byte[] ping = RawClient.Frame(Opcode.Ping, new byte[125]);
        await client.Socket.SendAsync([.. Enumerable.Repeat(ping, 100).SelectMany(each => each)]);

        int pongs = 0;
        ServerFrame frame;
        while ((frame = await client.FrameAsync()).Opcode == (int)Opcode.Pong)
        {
            pongs++;
        }

        Assert.Equal(5, pongs);
        Assert.Equal(4502, frame.CloseCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Fragments_WithoutEnd_AreClosedWith1008(int size)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient client = await RawClient.JoinAsync(host, "ann", "r");
        byte[] next = RawClient.Frame(Opcode.Continuation, new byte[size], fin: false);
        await client.SendAsync(Opcode.Binary, new byte[size], fin: false);

        await client.Socket.SendAsync([.. Enumerable.Repeat(next, 2000).SelectMany(each => each)]);

        Assert.Equal(1008, (await client.FrameAsync()).CloseCode);
    }
}
