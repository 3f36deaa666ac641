using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Switchboard.Gateway.Limits;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>A connection of which is not known yet what it wants: reads its first bytes, with a time-out.</summary>
internal sealed class HandshakeAttempt(ConnectionContext transport, WebSocketGateway gateway, long deadline) : ISweepable
{
    private readonly PipeReader _input = transport.Transport.Input;
    private readonly IPAddress? _peer = (transport.RemoteEndPoint as IPEndPoint)?.Address;
    private RequestHeadParser _parser;
    private Share? _share;
    private long _deadline = deadline;
    private bool _answered;
    private bool _counted;
    private bool _isSilent;
    private bool _isRead;

    /// <summary>Wakes the reading when the time is over; cuts the socket when even the answer is not taken.</summary>
    public void Sweep(long now)
    {
        if (now < Volatile.Read(ref _deadline))
        {
            return;
        }

        if (Volatile.Read(ref _answered))
        {
            transport.Abort(new ConnectionAbortedException("the refusal was not taken"));
        }
        else
        {
            _input.CancelPendingRead();
        }
    }

    /// <summary>Reads until it is clear what is wanted. What the head does not need stays in the pipe.</summary>
    /// <returns>An admission, a refusal, or neither: then the connection is not for us, untouched.</returns>
    public async ValueTask<Verdict> ReadAsync(bool loopback)
    {
        while (true)
        {
            // Only who is waited for takes a place; most have said what they want by now.
            if (!_input.TryRead(out ReadResult result))
            {
                if (!TryWait())
                {
                    return gateway.Gatekeeper.RefuseForHandshakes();
                }

                result = await _input.ReadAsync();
            }

            ReadOnlySequence<byte> buffer = result.Buffer;
            WebSocketRoute? route = FindRoute(buffer, out bool passOn);
            if (result.IsCanceled && route is null && !passOn)
            {
                // Kestrel would let a socket that says nothing stay for minutes.
                _isRead = buffer.IsEmpty;
                _input.AdvanceTo(buffer.Start, buffer.End);
                return gateway.Gatekeeper.Refuse(HandshakeRefusal.RequestTimeout());
            }

            if (passOn || (route is null && result.IsCompleted))
            {
                _input.AdvanceTo(buffer.Start);
                return default;
            }

            if (route is not null && !_counted)
            {
                EndSilence();
                _share ??= gateway.Clients.HoldPeer(_peer);
                _counted = gateway.Gatekeeper.TryBeginHandshake(_share);
                if (!_counted)
                {
                    _input.AdvanceTo(buffer.Start, buffer.End);
                    return gateway.Gatekeeper.RefuseForHandshakes();
                }
            }

            RequestHeadResult head = route is null ? default : _parser.Parse(buffer, gateway.HeadLimits);
            if (head.IsDone)
            {
                _isRead = head.Consumed == buffer.Length;
                _input.AdvanceTo(buffer.GetPosition(head.Consumed));
                return await gateway.Gatekeeper.JudgeAsync(route!, head.Head, loopback, _peer);
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
            if (head.IsViolation)
            {
                return gateway.Gatekeeper.Refuse(head.Refusal);
            }

            if (result.IsCanceled)
            {
                return gateway.Gatekeeper.Refuse(HandshakeRefusal.RequestTimeout());
            }

            if (result.IsCompleted)
            {
                return default;
            }
        }
    }

    /// <summary>
    /// Answers with a refusal, and ends the socket: at once where nothing more of the handshake is to come, or too many wait
    /// for that already. A flood must not leave sockets behind.
    /// </summary>
    public async Task RefuseAsync(HandshakeRefusal refusal)
    {
        Share? share = gateway.Clients.HoldPeer(_peer);
        bool lingers = !_isRead && gateway.Gatekeeper.TryLinger(share);
        try
        {
            // The answer may take long to be taken, and the peer long to close: another handshake may begin meanwhile.
            End();
            Volatile.Write(ref _deadline, gateway.Now + gateway.CloseTimeout);
            Volatile.Write(ref _answered, true);
            HandshakeResponse.Write(transport.Transport.Output, refusal);
            await transport.Transport.Output.FlushAsync();
            if (lingers)
            {
                await SocketEnding.LingerAsync(transport, peerIsDone: false);
            }
        }
        finally
        {
            if (lingers)
            {
                gateway.Gatekeeper.EndLinger(share);
            }

            share?.Release();
        }
    }

    /// <summary>It is no longer under way. Does nothing the second time.</summary>
    public void End()
    {
        EndSilence();
        if (_counted)
        {
            _counted = false;
            gateway.Gatekeeper.EndHandshake(_share);
        }

        _share?.Release();
        _share = null;
    }

    private bool TryWait()
    {
        if (!_counted && !_isSilent)
        {
            _share ??= gateway.Clients.HoldPeer(_peer);
            _isSilent = gateway.Gatekeeper.TryBeginSilence(_share);
        }

        return _counted || _isSilent;
    }

    private void EndSilence()
    {
        if (_isSilent)
        {
            _isSilent = false;
            _share?.EndSilence();
        }
    }

    private WebSocketRoute? FindRoute(in ReadOnlySequence<byte> buffer, out bool passOn)
    {
        PeekStatus status = RequestLinePeek.Peek(buffer, gateway.HeadLimits, out ReadOnlySpan<byte> path);
        WebSocketRoute? route = status == PeekStatus.Path ? gateway.FindRoute(path) : null;
        passOn = status == PeekStatus.PassOn || (status == PeekStatus.Path && route is null);
        return route;
    }
}
