using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Attacks;

/// <summary>A blocking socket of the attacker, from an address of its own.</summary>
internal sealed class AttackSocket : IDisposable
{
    private const int Patience = 2_000;
    private static readonly IPAddress _from = IPAddress.Parse("127.0.0.2");

    // One attacker at a time, on one thread.
    private static readonly byte[] _buffer = new byte[64 * 1024];

    private readonly Socket _socket;
    private byte[] _received = [];
    private bool _open;

    public AttackSocket(int port)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = Patience,
            ReceiveTimeout = Patience,
            LingerState = new LingerOption(true, 0),
        };
        _socket.Bind(new IPEndPoint(_from, 0));
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Sends the upgrade and waits for its answer: the status, or what became of the socket.</summary>
    public string Upgrade(string target, string headers)
    {
        Send(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: c3dpdGNoYm9hcmQtbG9hZA==\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Protocol: switchboard.v1.json\r\n{headers}\r\n"));
        string? answer;
        while ((answer = Read(wait: true)) is null)
        {
        }

        _open = answer == "101";
        return answer;
    }

    /// <summary>Sends; throws when the server has cut the socket.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Reads what has come: a status, a close code, or null while there is neither.</summary>
    public string? Read(bool wait = false)
    {
        if (!wait && _socket.Available == 0 && !_socket.Poll(0, SelectMode.SelectRead))
        {
            return null;
        }

        var count = _socket.Receive(_buffer);
        if (count == 0)
        {
            return "ended";
        }

        _received = [.. _received, .. _buffer.AsSpan(0, count)];
        return _open ? ReadClose() : ReadStatus();
    }

    public void Dispose() => _socket.Dispose();

    private string? ReadStatus()
    {
        var end = _received.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var status = Encoding.ASCII.GetString(_received.AsSpan(9, 3));
        _received = _received[(end + 4)..];
        return status;
    }

    private string? ReadClose()
    {
        var position = 0;
        while (ServerFrame.TryRead(_received.AsSpan(position), out var frame))
        {
            position += frame.Length;
            if (frame.Opcode == Opcode.Close && frame.Payload.Length >= 2)
            {
                return $"close {BinaryPrimitives.ReadUInt16BigEndian(frame.Payload)}";
            }
        }

        _received = _received[position..];
        return null;
    }
}
