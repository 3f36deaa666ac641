using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class FailureTests
{
    [Theory]
    [InlineData("PublishAsync", """{"type":"publish","room":"r","data":1}""")]
    [InlineData("JoinAsync", """{"type":"join","room":"other"}""")]
    public async Task BackplaneThatThrows_EndsThatConnectionWith1011AndNoOther(string method, string command)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.JoinAsync("r");
        await bob.JoinAsync("r");

        host.Backplane.Failing = method;
        await ann.SendAsync(command);
        int code = await ann.ClosedAsync();
        host.Backplane.Failing = null;
        JsonElement published = await bob.PublishAsync("r", "2");

        Assert.Equal(1011, code);
        Assert.Equal("published", published.Type());
        Assert.Contains("the backplane has failed", host.TakeError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pings_BeyondTheRate_AreNotAnsweredAndThenCloseTheSocket()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.MessagesPerSecond = 1;
            options.Limits.MessageBurst = 2;
            options.Limits.MaxRefusals = 3;
        });
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(
            "GET /ws?user=ann HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await socket.ReadHeadAsync();

        byte[] ping = [0x89, 0x80, 0, 0, 0, 0];
        await socket.SendAsync(Enumerable.Repeat(ping, 6).SelectMany(bytes => bytes).ToArray());
        byte[] answer = await socket.ReadAsync(8);

        // Two are within the burst; the third to the fifth are passed over, the sixth is one too many: 4502.
        Assert.Equal([0x8A, 0x00, 0x8A, 0x00, 0x88], answer[..5]);
        Assert.Equal(4502, (answer[6] << 8) | answer[7]);
    }
}
