using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.WebSockets;

/// <summary>A link that upgrades, answers pings, and hands over whole messages.</summary>
internal abstract class WebSocketLink : Link
{
    private const uint Key = 0x9A3F51C7;

    private readonly string? _subprotocol;
    private byte[] _fragments = [];
    private bool _open;
    private bool _closed;

    /// <summary>Connects and sends the upgrade request.</summary>
    protected WebSocketLink(Loop loop, Uri url, string? subprotocol = null, int receiveBuffer = 0)
        : base(loop, new IPEndPoint(IPAddress.Parse(url.Host), url.Port), receiveBuffer)
    {
        _subprotocol = subprotocol;
        Queue(Upgrade.Request(url, subprotocol));
        Flush();
    }

    /// <summary>The upgrade was accepted.</summary>
    protected abstract void OnOpened();

    /// <summary>A whole text or binary message. The span dies with the call.</summary>
    protected abstract void OnMessage(ReadOnlySpan<byte> message);

    /// <summary>The peer is gone, with a close <paramref name="code"/> (1005 for none in its close frame), or without a
    /// close frame: 1006 after an orderly end of stream, 0 after a reset.</summary>
    protected virtual void OnClosed(int code) => throw new LoadException($"the server closed a connection: {code}");

    /// <summary>The server answered the upgrade with <paramref name="answer"/> instead of accepting it.</summary>
    protected virtual void OnRefused(string answer) =>
        throw new LoadException($"the server refused the upgrade: {answer}");

    /// <summary>Queues one message.</summary>
    protected void QueueMessage(ReadOnlySpan<byte> payload, Opcode opcode = Opcode.Text) =>
        Queue(ClientFrame.Create(opcode, payload, Key));

    protected sealed override int Consume(ReadOnlySpan<byte> bytes)
    {
        var consumed = 0;
        if (!_open)
        {
            consumed = Upgrade.ReadAnswer(bytes, _subprotocol, out var refusal);
            if (consumed == 0)
            {
                return 0;
            }

            if (refusal is not null)
            {
                _closed = true;
                OnRefused(refusal);
                return bytes.Length;
            }

            _open = true;
            OnOpened();
        }

        while (!_closed && ServerFrame.TryRead(bytes[consumed..], out var frame))
        {
            consumed += frame.Length;
            OnFrame(frame);
        }

        return _closed ? bytes.Length : consumed;
    }

    protected sealed override void OnEnded(SocketError error)
    {
        if (!_closed)
        {
            _closed = true;
            OnClosed(error == SocketError.Success ? 1006 : 0);
        }
    }

    private void OnFrame(ServerFrame frame)
    {
        switch (frame.Opcode)
        {
            case Opcode.Text or Opcode.Binary when frame.Final:
                OnMessage(frame.Payload);
                break;
            case Opcode.Text or Opcode.Binary or Opcode.Continuation:
                OnFragment(frame);
                break;
            case Opcode.Ping:
                QueueMessage(frame.Payload, Opcode.Pong);
                break;
            case Opcode.Close:
                _closed = true;
                OnClosed(frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : 1005);
                break;
            case Opcode.Pong:
                break;
            default:
                throw new LoadException($"the server sent opcode {frame.Opcode}");
        }
    }

    private void OnFragment(ServerFrame frame)
    {
        _fragments = [.. _fragments, .. frame.Payload];
        if (frame.Final)
        {
            var message = _fragments;
            _fragments = [];
            OnMessage(message);
        }
    }
}
