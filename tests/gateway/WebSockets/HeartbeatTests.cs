using System.Net.Sockets;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.WebSockets;

/// <summary>Times are at least what the options say; how much more depends on when the test's thread looks.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Welcome_TellsTheTimesAsTheProtocolDefinesThem()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");

        Assert.Equal(25, ann.Welcome.GetProperty("heartbeat").Number("interval"));
        Assert.Equal(35, ann.Welcome.GetProperty("heartbeat").Number("timeout"));
    }

    [Fact]
    public async Task Peer_ThatIsSilent_IsPingedAndLivesWhileItAnswers()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");
        TimeSpan heard = TimeSpan.Zero;

        for (int i = 0; i < 4; i++)
        {
            ServerFrame ping = await FrameAsync(host, ann);

            Assert.Equal(0x89, ping.First);
            Assert.Empty(ping.Payload);
            Assert.InRange(Elapsed(host) - heard, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(34));
            await ann.SendAsync(Opcode.Pong, []);
            await ann.SendAsync("""{"type":"ping"}""");
            Assert.Equal("pong", (await ann.NextAsync()).Type());
            heard = Elapsed(host);
        }
    }

    [Fact]
    public async Task Peer_ThatStaysSilent_IsClosedWith4001ThenCutAndDetached()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");

        Assert.Equal(0x89, (await FrameAsync(host, ann)).First);
        ServerFrame close = await FrameAsync(host, ann);
        TimeSpan closed = Elapsed(host);
        Assert.Equal(0x88, close.First);
        Assert.Equal(4001, close.CloseCode);
        Assert.Equal("heartbeat"u8, close.Payload.AsSpan(2));
        Assert.InRange(closed, TimeSpan.FromSeconds(35), TimeSpan.MaxValue);

        Task end = EndAsync(ann);
        await host.AdvanceUntilAsync(end, Second);
        await end;
        Assert.InRange(Elapsed(host), TimeSpan.FromSeconds(40), TimeSpan.MaxValue);
        await host.Backplane.CalledAsync("DetachAsync");
    }

    [Fact]
    public async Task Peer_ThatAnswersTheClose_IsDetachedWithoutTimePassing()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");
        await FrameAsync(host, ann);
        ServerFrame close = await FrameAsync(host, ann);

        await ann.SendAsync(Opcode.Close, close.Payload[..2]);
        Assert.Empty(await ann.Socket.ReadToEndAsync());
        ann.Socket.Socket.Shutdown(SocketShutdown.Send);

        await host.Backplane.CalledAsync("DetachAsync");
    }

    [Fact]
    public async Task Peer_ThatSendsOnlyCommands_IsNotPinged()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient ann = await RawClient.JoinAsync(host, "ann", "r");

        for (int i = 0; i < 10; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(20));
            await ann.SendAsync("""{"type":"ping"}""");
            Assert.Equal("pong", (await ann.NextAsync()).Type());
        }
    }

    private static async Task<ServerFrame> FrameAsync(GatewayHost host, RawClient client)
    {
        Task<ServerFrame> frame = client.FrameAsync();
        await host.AdvanceUntilAsync(frame, Second);
        return await frame;
    }

    private static TimeSpan Elapsed(GatewayHost host) => host.Time.GetUtcNow() - FakeTime.Start;

    // A socket that is cut may end with a reset.
    private static async Task EndAsync(RawClient client)
    {
        try
        {
            Assert.Empty(await client.Socket.ReadToEndAsync());
        }
        catch (SocketException)
        {
        }
    }
}
