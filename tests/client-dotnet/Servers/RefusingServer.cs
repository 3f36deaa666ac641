using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Answers every request in the same way, and hangs up.</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private Task _answering = Task.CompletedTask;

    private RefusingServer(string status, string header)
    {
        _answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public static RefusingServer Start(string status, string header)
    {
        RefusingServer server = new(status, header);
        server._listener.Start();
        server._answering = server.AnswerAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _listener.AcceptSocketAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was stopped, perhaps before it was asked for the next one.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        byte[] request = new byte[16 * 1024];
        int length = 0;
        try
        {
            while (await client.ReceiveAsync(request.AsMemory(length)) is int count and > 0)
            {
                length += count;
                if (request.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                {
                    await client.SendAsync(_answer);
                    client.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch (SocketException)
        {
            // It hung up.
        }
    }
}
