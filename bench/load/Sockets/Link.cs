using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Load.Sockets;

/// <summary>One non-blocking TCP connection: what was not consumed is carried over, what could not be sent
/// waits.</summary>
internal abstract class Link : IDisposable
{
    private readonly Loop _loop;
    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly int _tag;
    private byte[] _carried = [];
    private int _carriedCount;
    private byte[] _outgoing = [];
    private int _outgoingCount;
    private bool _waitsToWrite;
    private bool _left;

    /// <summary>Connects to <paramref name="endPoint"/>. A <paramref name="receiveBuffer"/> above 0 fixes the kernel's
    /// receive buffer, in bytes, which otherwise grows with what is read.</summary>
    protected Link(Loop loop, IPEndPoint endPoint, int receiveBuffer = 0)
    {
        _loop = loop;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            _socket.ReceiveBufferSize = receiveBuffer;
        }

        // Over loopback this succeeds or fails at once, unless the listener's backlog is full: that must not block the
        // other links, and what is queued meanwhile waits for the socket to become writable.
        _socket.Blocking = false;
        try
        {
            _socket.Connect(endPoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
        {
            // Under way.
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        _descriptor = (int)_socket.SafeHandle.DangerousGetHandle();
        _tag = loop.Enter(this, _descriptor);
    }

    /// <summary>When the bytes being consumed were received, in <see cref="Stopwatch"/> ticks.</summary>
    protected long ReceivedAt { get; private set; }

    /// <summary>Bytes that the kernel holds for this link and that nobody has read.</summary>
    public int Waiting => _socket.Available;

    /// <summary>Does what readiness allows.</summary>
    public void OnReady(Readiness events)
    {
        if ((events & Readiness.Writable) != 0)
        {
            Flush();
        }

        if ((events & ~Readiness.Writable) != 0)
        {
            Receive();
        }
    }

    /// <summary>Stops reading, or reads again. A link that does not read sees nothing of what its peer does.</summary>
    public void SetReading(bool reading) =>
        _loop.Want(_tag, _descriptor, reading ? Readiness.Readable : Readiness.None);

    public void Dispose()
    {
        Leave();

        // A reset leaves no port behind in TIME_WAIT, of which 10,000 connections would use up a third.
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Appends to what is sent at the end of this turn, or by <see cref="Flush"/>.</summary>
    protected void Queue(ReadOnlySpan<byte> bytes)
    {
        if (_outgoingCount + bytes.Length > _outgoing.Length)
        {
            Array.Resize(ref _outgoing, Math.Max(_outgoing.Length * 2, _outgoingCount + bytes.Length));
        }

        bytes.CopyTo(_outgoing.AsSpan(_outgoingCount));
        _outgoingCount += bytes.Length;
    }

    /// <summary>Sends what is queued, as far as the kernel takes it.</summary>
    protected void Flush()
    {
        if (_outgoingCount == 0 || _left)
        {
            return;
        }

        var sent = _socket.Send(_outgoing.AsSpan(0, _outgoingCount), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            End(error);
            return;
        }

        _outgoingCount -= sent;
        _outgoing.AsSpan(sent, _outgoingCount).CopyTo(_outgoing);
        if (_waitsToWrite != _outgoingCount > 0)
        {
            _waitsToWrite = _outgoingCount > 0;
            _loop.Want(
                _tag, _descriptor, _waitsToWrite ? Readiness.Readable | Readiness.Writable : Readiness.Readable);
        }
    }

    /// <summary>Takes what it can from <paramref name="bytes"/> and returns how much that was.</summary>
    protected abstract int Consume(ReadOnlySpan<byte> bytes);

    /// <summary>The peer ended the connection: <see cref="SocketError.Success"/> for an orderly end of
    /// stream.</summary>
    protected abstract void OnEnded(SocketError error);

    private void Receive()
    {
        var scratch = _loop.Scratch.AsSpan();
        _carried.AsSpan(0, _carriedCount).CopyTo(scratch);
        var received = _socket.Receive(scratch[_carriedCount..], SocketFlags.None, out var error);
        if (received == 0 || error != SocketError.Success)
        {
            if (error != SocketError.WouldBlock)
            {
                End(error);
            }

            return;
        }

        ReceivedAt = Stopwatch.GetTimestamp();
        var available = scratch[..(_carriedCount + received)];
        var rest = available[Consume(available)..];
        if (rest.Length == scratch.Length)
        {
            throw new LoadException($"a message is longer than {scratch.Length} bytes");
        }

        Carry(rest);
        Flush();
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _carried.Length)
        {
            _carried = new byte[rest.Length * 2];
        }

        rest.CopyTo(_carried);
        _carriedCount = rest.Length;
    }

    private void End(SocketError error)
    {
        Leave();
        OnEnded(error);
    }

    private void Leave()
    {
        if (!_left)
        {
            _left = true;
            _loop.Leave(_tag, _descriptor);
        }
    }
}
