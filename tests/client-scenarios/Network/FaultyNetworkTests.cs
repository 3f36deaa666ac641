using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchboard.ClientScenarios.Tests.Network;

/// <summary>The network does to sockets what the scenarios say.</summary>
public sealed class FaultyNetworkTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _first = Listen();
    private readonly TcpListener _second = Listen();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Connections_TakeTurns_AndPassByAnEdgeThatIsDown()
    {
        await using FaultyNetwork network = Between();
        using Socket one = await ConnectAsync(network);
        using Socket atFirst = await AcceptAsync(_first);
        using Socket two = await ConnectAsync(network);
        using Socket atSecond = await AcceptAsync(_second);
        _first.Stop();
        using Socket three = await ConnectAsync(network);
        using Socket again = await AcceptAsync(_second);

        await SendAsync(three, "hello");
        Assert.Equal("hello", await ReceiveAsync(again));
        await SendAsync(again, "well met");
        Assert.Equal("well met", await ReceiveAsync(three));
        three.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReceiveAsync(again));
    }

    [Fact]
    public async Task Cut_ResetsBothSides_UntilItIsMended()
    {
        await using FaultyNetwork network = Between();
        using Socket client = await ConnectAsync(network);
        using Socket edge = await AcceptAsync(_first);

        network.Cut();
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(edge));
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using Socket refused = await ConnectAsync(network);
            await ReceiveAsync(refused);
        });

        network.Mend();
        using Socket later = await ConnectAsync(network);
        using Socket served = await AcceptAsync(_second);
        await SendAsync(later, "back");
        Assert.Equal("back", await ReceiveAsync(served));
    }

    [Fact]
    public async Task Silence_SwallowsEverything_AndTheEndAsWell()
    {
        await using FaultyNetwork network = Between();
        using Socket client = await ConnectAsync(network);
        using Socket edge = await AcceptAsync(_first);
        await SendAsync(client, "before");
        Assert.Equal("before", await ReceiveAsync(edge));

        network.Silence();
        await SendAsync(client, "into the void");
        await SendAsync(edge, "likewise");
        client.Shutdown(SocketShutdown.Send);

        // A new connection goes through, with all that it has to say, and nothing came over the old one meanwhile.
        using Socket later = await ConnectAsync(network);
        using Socket served = await AcceptAsync(_second);
        await SendAsync(later, "loud");
        Assert.Equal("loud", await ReceiveAsync(served));
        Assert.Equal((0, 0), (edge.Available, client.Available));
    }

    [Fact]
    public async Task Upgrades_AreTakenOutOfRequests_HoweverTheyArrive()
    {
        await using FaultyNetwork network = new(Ports(), 0) { DropsUpgrades = true };
        using Socket client = await ConnectAsync(network);
        using Socket edge = await AcceptAsync(_first);

        await SendAsync(client, "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: webso");
        await SendAsync(client, "cket\r\nConnection: Upgrade\r\nOrigin: y\r\n\r\n");

        Assert.Equal("GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: y\r\n\r\n", await ReceiveAsync(edge));
    }

    private static TcpListener Listen()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static async Task<Socket> ConnectAsync(FaultyNetwork network)
    {
        Socket client = new(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, network.Address.Port);
        return client;
    }

    private static Task<Socket> AcceptAsync(TcpListener edge) => edge.AcceptSocketAsync().WaitAsync(Patience);

    private static Task<int> SendAsync(Socket socket, string text) => socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer).WaitAsync(Patience));
    }

    private FaultyNetwork Between() => new(Ports(), 0);

    private int[] Ports() =>
        [.. new[] { _first, _second }.Select(edge => ((IPEndPoint)edge.LocalEndpoint).Port)];
}
