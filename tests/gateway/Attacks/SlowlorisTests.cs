using System.Net;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Peers that begin and do not end.</summary>
public sealed class SlowlorisTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task Heads_ThatNeverEnd_TakeAnAddressItsOwnPlacesAndEndWith408()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.MaxHandshakes = 3;
            options.Limits.MaxHandshakes = 4;
        });
        List<RawSocket> slow = [];
        string answer = "";
        while (!answer.StartsWith("HTTP/1.1 429", StringComparison.Ordinal))
        {
            // Each holds its place, so at most three wait; the one that is answered comes after them.
            RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint, from: Attacker);
            slow.Add(socket);
            await socket.SendAsync("GET /echo HTTP/1.1\r\nHost:");
            Assert.InRange(slow.Count, 1, 4);
            if (slow.Count == 4)
            {
                answer = await (await Task.WhenAny(slow.Select(each => each.ReadHeadAsync())));
            }
        }

        Assert.Contains("\r\nRetry-After: ", answer, StringComparison.Ordinal);
        using (Opening other = await Opening.SendAsync(host))
        {
            Assert.Equal(101, other.Status);
        }

        slow.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Frame_ThatTrickles_IsClosedWith1008ThoughItsPeerIsHeardAllTheTime()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MessageTimeout = TimeSpan.FromSeconds(30));
        using RawClient slow = await RawClient.JoinAsync(host, "slow", "r");
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        byte[] frame = RawClient.Frame(Opcode.Text, new byte[100_000]);
        await slow.Socket.SendAsync(frame[..20]);

        // Ann's answer comes after the server had its time to read what stands before it in no order: time runs meanwhile.
        Task<ServerFrame> closed = CloseAsync(slow);
        for (int next = 20; !closed.IsCompleted && next < frame.Length; next++)
        {
            await TrySendAsync(slow, frame[next..(next + 1)]);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(closed, Task.Delay(TimeSpan.FromMilliseconds(5)));
        }

        Assert.Equal(1008, (await closed).CloseCode);
        Assert.Equal("published", (await ann.PublishAsync("r", "1")).Type());
    }

    [Fact]
    public async Task Messages_InPiecesThatOverlap_AreNoSlowMessage()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.MessageTimeout = TimeSpan.FromSeconds(10);
            options.Heartbeat.Interval = TimeSpan.FromHours(1);
        });
        using RawClient client = await RawClient.OpenAsync(host, "/echo");
        byte[] frame = RawClient.Frame(Opcode.Text, "hello"u8.ToArray());
        await client.Socket.SendAsync(frame[..4]);
        for (int i = 0; i < 10; i++)
        {
            await client.Socket.SendAsync([.. frame[4..], .. frame[..4]]);
            Assert.Equal("hello"u8.ToArray(), await client.MessageAsync());
            host.Time.Advance(TimeSpan.FromSeconds(5));
        }

        await client.Socket.SendAsync(frame[4..]);
        Assert.Equal("hello"u8.ToArray(), await client.MessageAsync());
    }

    private static async Task<ServerFrame> CloseAsync(RawClient client)
    {
        ServerFrame frame;
        do
        {
            frame = await client.FrameAsync();
        }
        while (frame.Opcode != (int)Opcode.Close);

        return frame;
    }

    private static async Task TrySendAsync(RawClient client, byte[] bytes)
    {
        try
        {
            await client.Socket.SendAsync(bytes);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It was cut meanwhile.
        }
    }
}
