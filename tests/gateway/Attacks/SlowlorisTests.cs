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

    [Theory]
    [InlineData("")]
    [InlineData("GET /ec")]
    public async Task Sockets_ThatDoNotSayWhatTheyWant_TakeAnAddressItsOwnPlacesUntilTheyDoOrEndWith408(string begun)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.MaxSilent = 3;
        });
        using Counters counters = new(host);
        List<RawSocket> silent = [];
        for (int i = 0; i < 4; i++)
        {
            silent.Add(await RawSocket.ConnectAsync(host.EndPoint, from: Attacker));
            await silent[i].SendAsync(begun);
        }

        // They are looked at in any order: the one that is answered comes after three that wait.
        List<Task<string>> answers = [.. silent.Select(each => each.ReadHeadAsync())];
        Task<string> refused = await Limit.For(Task.WhenAny(answers), "a socket that is refused");
        Assert.StartsWith("HTTP/1.1 429", await refused, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: ", await refused, StringComparison.Ordinal);
        Assert.Equal(1, counters["limits address silent"]);
        using (Opening other = await Opening.SendAsync(host))
        {
            Assert.Equal(101, other.Status);
        }

        answers.Remove(refused);
        await host.AdvanceUntilAsync(Task.WhenAll(answers), by: TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(answers), answer => Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal));
        using RawSocket later = await RawSocket.ConnectAsync(host.EndPoint, from: Attacker);
        await later.SendAsync(Opening.Request("/echo"));
        Assert.StartsWith("HTTP/1.1 101", await later.ReadHeadAsync(), StringComparison.Ordinal);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Sockets_OfATrustedProxy_MayBeSilent()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.MaxSilent = 1;
            options.Proxies.Trusted = [Attacker.ToString()];
        });
        List<RawSocket> idle = [];
        for (int i = 0; i < 4; i++)
        {
            idle.Add(await RawSocket.ConnectAsync(host.EndPoint, from: Attacker));
        }

        foreach (RawSocket socket in idle)
        {
            await socket.SendAsync(Opening.Request("/echo"));
            Assert.StartsWith("HTTP/1.1 101", await socket.ReadHeadAsync(), StringComparison.Ordinal);
        }

        idle.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Refusals_OfHeadsThatNeverEnd_LeaveNoMoreSocketsThanThereArePlaces()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxHandshakes = 1);
        List<RawSocket> slow = [];
        for (int i = 0; i < 4; i++)
        {
            slow.Add(await RawSocket.ConnectAsync(host.EndPoint));
            await slow[i].SendAsync("GET /echo HTTP/1.1\r\n");
        }

        // One has the place, and one is waited for, as no time passes. The others are gone: what they send is reset.
        List<Task> gone = [.. slow.Select(UntilResetAsync)];
        for (int left = 2; left > 0; left--)
        {
            gone.Remove(await Limit.For(Task.WhenAny(gone), "a socket that was refused and is gone"));
        }

        Assert.All(gone, task => Assert.False(task.IsCompleted));
        slow.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Refusal_OfAWholeHead_EndsItsSocketAtOnce()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using Opening refused = await Opening.SendRawAsync(host, "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(426, refused.Status);
        await UntilResetAsync(refused.Socket).WaitAsync(Limit.Time);
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

    // Sends now and then, as whoever is gone only tells those who do.
    private static async Task UntilResetAsync(RawSocket socket)
    {
        try
        {
            while (true)
            {
                await socket.SendAsync("X");
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // It was reset, or the test is over.
        }
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
