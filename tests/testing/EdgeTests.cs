using System.Net.WebSockets;
using System.Text;

namespace Switchboard.Testing.Tests;

/// <summary>Edges have real sockets, which break when they die.</summary>
public sealed class EdgeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SwitchboardCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await SwitchboardCluster.StartAsync(silos: 1, edges: 2);

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Edge_Killed_BreaksItsSocketsWithoutAWordAndTakesNoMore()
    {
        using ClientWebSocket one = await ConnectAsync(0);
        using ClientWebSocket other = await ConnectAsync(1);

        await _cluster.KillEdgeAsync(0);

        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(one));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(0));
        await SendAsync(other, """{"type":"ping","id":7}""");
        Assert.Contains("\"id\":7", await ReceiveAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_Broken_MayComeAgain()
    {
        using ClientWebSocket socket = await ConnectAsync(0);

        _cluster.Edges[0].BreakConnections();

        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket));
        using ClientWebSocket again = await ConnectAsync(0);
        Assert.Equal(WebSocketState.Open, again.State);
    }

    private static Task SendAsync(ClientWebSocket socket, string command) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(Patience);
        byte[] buffer = new byte[16 * 1024];
        WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private async Task<ClientWebSocket> ConnectAsync(int edge)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        var url = new UriBuilder(_cluster.Edges[edge].Url) { Scheme = "ws", Path = "/ws", Query = "user=ann" };
        using var limit = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(url.Uri, limit.Token);
        await SendAsync(socket, """{"type":"connect"}""");
        Assert.Contains("welcome", await ReceiveAsync(socket), StringComparison.Ordinal);
        return socket;
    }
}
