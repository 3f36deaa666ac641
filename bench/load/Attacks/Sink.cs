using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Switchboard.Load.Attacks;

/// <summary>A server that does next to nothing: what an attack does to the machine, whatever it is aimed at. It also takes a
/// server's webhooks, and answers none.</summary>
internal static class Sink
{
    private static readonly byte[] _refused = "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly byte[] _upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"u8.ToArray();
    private static readonly byte[] _closed = [0x88, 2, 0x03, 0xF1];

    /// <summary>Serves until it is told to end.</summary>
    public static int Run(SinkOptions options)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        listener.Listen(512);
        _ = AcceptAsync(listener, options.Answer);
        using var ended = new ManualResetEventSlim();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => ended.Set());
        ended.Wait();
        return 0;
    }

    private static async Task AcceptAsync(Socket listener, SinkAnswer answer)
    {
        while (true)
        {
            _ = ServeAsync(await listener.AcceptAsync(), answer);
        }
    }

    private static async Task ServeAsync(Socket socket, SinkAnswer answer)
    {
        using (socket)
        {
            var buffer = new byte[4096];
            try
            {
                var count = await socket.ReceiveAsync(buffer);
                if (count == 0 || buffer[0] == 'P')
                {
                    await SwallowAsync(socket, buffer);
                    return;
                }

                await socket.SendAsync(answer == SinkAnswer.Refuse ? _refused : _upgraded);
                if (answer == SinkAnswer.Refuse)
                {
                    socket.Shutdown(SocketShutdown.Send);
                }
                else if (answer == SinkAnswer.Close && await socket.ReceiveAsync(buffer) > 0)
                {
                    await socket.SendAsync(_closed);
                }

                await SwallowAsync(socket, buffer);
            }
            catch (SocketException)
            {
                // The attacker has cut it.
            }
        }
    }

    private static async Task SwallowAsync(Socket socket, byte[] buffer)
    {
        while (await socket.ReceiveAsync(buffer) > 0)
        {
        }
    }
}
