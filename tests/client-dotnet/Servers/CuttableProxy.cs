using System.Net;
using System.Net.Sockets;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Passes connections on to a server, until it cuts them.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly List<Socket> _open = [];
    private Task _accepting = Task.CompletedTask;

    private CuttableProxy(IPEndPoint server)
    {
        _server = server;
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public static CuttableProxy Start(IPEndPoint server)
    {
        CuttableProxy proxy = new(server);
        proxy._listener.Start();
        proxy._accepting = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>Resets every connection that there is.</summary>
    public void Cut()
    {
        lock (_open)
        {
            foreach (Socket socket in _open)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        List<Task> passing = [];
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                lock (_open)
                {
                    _open.AddRange([client, server]);
                }

                await server.ConnectAsync(_server);
                passing.AddRange([PassAsync(client, server), PassAsync(server, client)]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }

        await Task.WhenAll(passing);
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is int count and > 0)
            {
                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }
}
