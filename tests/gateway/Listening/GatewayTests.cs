using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Echo;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Framing;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Tests.Listening;

public sealed class GatewayTests
{
    [Fact]
    public async Task Sweep_WhileAWebSocketIsBeingSetUp_DoesNoHarm()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using PipeConnection peer = new();

        Task served = Serve(host, peer, () => host.Time.Advance(TimeSpan.FromHours(1)));
        Assert.False(served.IsCompleted, served.Exception?.ToString());
        await peer.ToServer.WriteAsync(RawClient.Frame(Opcode.Text, "hi"u8.ToArray()), Limit.Token());

        Assert.Equal([0x81, 2, (byte)'h', (byte)'i'], peer.Take());
        await GoodbyeAsync(peer, served);
    }

    [Fact]
    public async Task Stop_WhileAWebSocketIsBeingSetUp_ClosesItToo()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WebSocketGateway gateway = host.Services.GetRequiredService<WebSocketGateway>();
        await using PipeConnection peer = new();

        Task served = Serve(host, peer, gateway.Stop);
        byte[] frame = await peer.TakeAsync();

        Assert.Equal([0x88, 12, 0x03, 0xE9, .. "going_away"u8], frame);
        await GoodbyeAsync(peer, served);
    }

    // Serves as the gateway does, with something happening just before there is a handler.
    private static Task Serve(GatewayHost host, PipeConnection peer, Action meanwhile)
    {
        WebSocketGateway gateway = host.Services.GetRequiredService<WebSocketGateway>();
        WebSocketRoute echo = gateway.FindRoute("/echo"u8)!;
        WebSocketRoute route = new("/test")
        {
            Handshake = echo.Handshake,
            SameOriginHandshake = echo.SameOriginHandshake,
            Settings = echo.Settings,
            CreateHandler = (connection, _, deflate) =>
            {
                meanwhile();
                return new EchoHandler(connection.Outbound, deflate);
            },
        };
        HandshakeAcceptance acceptance = ServerHandshake.Evaluate(Requests.Head("/test"), echo.Handshake).Acceptance!;
        return gateway.ServeAsync(peer, new Admission(route, acceptance, default), answered: true);
    }

    private static async Task GoodbyeAsync(PipeConnection peer, Task served)
    {
        await peer.ToServer.WriteAsync(RawClient.Frame(Opcode.Close, []), Limit.Token());
        await peer.ToServer.CompleteAsync();
        peer.Take();
        await served.WaitAsync(Limit.Time);
    }
}
