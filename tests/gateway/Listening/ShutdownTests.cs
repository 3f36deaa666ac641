using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Listening;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stop_ClosesEverySocketWith1001AndWaitsForTheirAnswers()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ClientAsync("bob");
        await using TestClient echo = new(await host.OpenAsync("/echo"));
        TestClient[] clients = [ann, bob, echo];

        Task stop = host.StopAsync();
        foreach (TestClient client in clients)
        {
            Assert.Equal(1001, await client.ClosedAsync());
            Assert.Equal("going_away", client.Socket.CloseStatusDescription);
            Assert.False(stop.IsCompleted);
            await client.Socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, Limit.Token());
            client.Drop();
        }

        await stop.WaitAsync(Limit.Time);
        await host.Backplane.CalledAsync("DetachAsync");
    }

    [Fact]
    public async Task Stop_WithAPeerThatDoesNotAnswer_EndsAfterTheCloseTimeout()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");

        Task stop = host.StopAsync();
        ServerFrame close = await ann.FrameAsync();
        Assert.Equal(1001, close.CloseCode);
        Assert.False(stop.IsCompleted);

        await host.AdvanceUntilAsync(stop, TimeSpan.FromSeconds(1));
        await stop;
    }

    [Theory]
    [InlineData("/ws?user=bob")]
    [InlineData("/echo")]
    public async Task Handshake_WhileStopping_IsRefusedWith503(string target)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");

        host.Services.GetRequiredService<WebSocketGateway>().Stop();
        using RawClient bob = await RawClient.OpenAsync(host, target);

        Assert.StartsWith("HTTP/1.1 503 ", bob.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 1\r\n", bob.Head, StringComparison.Ordinal);
        Assert.Equal(1001, (await ann.FrameAsync()).CloseCode);
        await ann.SendAsync(Opcode.Close, [0x03, 0xE9]);
        Assert.Empty(await ann.Socket.ReadToEndAsync());
    }
}
