using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Switchboard.Client.Tests.Testing;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Tests.Transports;

public sealed class WebSocketLinkTests
{
    // More than sockets hold for a reader that does not read.
    private const int MoreThanFits = 32 * 1024 * 1024;

    [Fact]
    public async Task LinkThatIsBrokenOff_WhileItSends_SaysSo()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient client = new();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using Socket silent = await listener.AcceptSocketAsync();
        using WebSocket socket = WebSocket.CreateFromStream(
            client.GetStream(), new WebSocketCreationOptions { IsServer = false });
        await using WebSocketLink link = new(socket, cork: null, invoker: null);
        OutgoingBatch batch = new();
        batch.Add(new byte[MoreThanFits], isBinary: true);
        Task sending = link.SendAsync(batch).AsTask();

        link.Abort();

        await Assert.ThrowsAsync<LinkException>(() => sending.WithinAsync("the end of the sending"));
    }
}
