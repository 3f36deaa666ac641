using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A TCP socket, for clients that a library would not be.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public Socket Socket => _socket;

    public static async Task<RawSocket> ConnectAsync(IPEndPoint endPoint, int? receiveBuffer = null, IPAddress? from = null)
    {
        RawSocket raw = new();
        if (receiveBuffer is { } size)
        {
            raw._socket.ReceiveBufferSize = size;
        }

        if (from is not null)
        {
            raw._socket.Bind(new IPEndPoint(from, 0));
        }

        await raw._socket.ConnectAsync(endPoint, Limit.Token());
        return raw;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, Limit.Token())..];
        }
    }

    public Task SendAsync(byte[] bytes) => SendAsync(bytes.AsMemory());

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads to the end of the stream. A reset is an error: it loses what was on its way.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int read = await _socket.ReceiveAsync(buffer, Limit.Token());
            if (read == 0)
            {
                return all.ToArray();
            }

            all.Write(buffer, 0, read);
        }
    }

    public async Task<string> ReadTextToEndAsync() => Encoding.Latin1.GetString(await ReadToEndAsync());

    /// <summary>Reads exactly so many bytes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count)
        {
            int read = await _socket.ReceiveAsync(bytes.AsMemory(done), Limit.Token());
            Assert.NotEqual(0, read);
            done += read;
        }

        return bytes;
    }

    /// <summary>Reads a response head, up to and including its empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(1))[0]);
        }

        return head.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
