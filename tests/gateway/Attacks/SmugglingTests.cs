using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Requests hidden behind a handshake, from a proxy that reads it otherwise than we do.</summary>
public sealed class SmugglingTests
{
    private const string Hidden = "GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 42\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 42\r\n")]
    [InlineData("Content-Length: 0, 42\r\n")]
    [InlineData("Content-Length: +0\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("X: y\r\n Transfer-Encoding: chunked\r\n")]
    [InlineData("X: y\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Host: other\r\n")]
    [InlineData("Sec-WebSocket-Version: 99999\r\n")]
    public async Task Handshake_WithABodyOrAFault_IsRefusedOnceAndWhatFollowsIsNeverRead(string headers)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);

        await socket.SendAsync(Opening.Request("/echo", headers) + Hidden);
        string answer = await socket.ReadTextToEndAsync();

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.Equal(0, answer.IndexOf("HTTP/1.1", StringComparison.Ordinal));
        Assert.Equal(0, answer.LastIndexOf("HTTP/1.1", StringComparison.Ordinal));
        Assert.DoesNotContain("admin", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_AfterAnAcceptedHandshake_IsAFrameThatIsNone()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);

        await socket.SendAsync(Opening.Request("/echo") + Hidden);
        string head = await socket.ReadHeadAsync();
        byte[] rest = await socket.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Equal(0x88, rest[0]);
        Assert.Equal(1002, (rest[2] << 8) | rest[3]);
    }

    [Theory]
    [InlineData("Content-Length: 42\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task Handshake_WithABody_OnAConnectionThatIsReused_IsRefusedAndNotServed(string headers)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);

        await socket.SendAsync(
            "HEAD /other HTTP/1.1\r\nHost: localhost\r\n\r\n" + Opening.Request("/echo", headers) + Hidden);
        Assert.StartsWith("HTTP/1.1 200 ", await socket.ReadHeadAsync(), StringComparison.Ordinal);
        string second = await socket.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 400 ", second, StringComparison.Ordinal);
    }
}
