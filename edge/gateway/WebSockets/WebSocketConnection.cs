using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.WebSockets;

/// <summary>One WebSocket after its handshake: reads messages, answers control frames, keeps the closing handshake.</summary>
internal sealed partial class WebSocketConnection : IOutboundOwner, ISweepable
{
    private const int ReadsPerTurn = 2048;

    private readonly ConnectionContext _transport;
    private readonly WebSocketSettings _settings;
    private readonly CoarseClock _clock;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private MessageReader _reader;
    private IMessageHandler _handler = null!;
    private long _lastHeard;
    private long _deadline = long.MaxValue;
    private long _begun = long.MaxValue;
    private bool _pinged;
    private ushort? _peerCloseCode;
    private int _received;
    private bool _stopReading;

    public WebSocketConnection(
        ConnectionContext transport,
        WebSocketSettings settings,
        IInflaterSource? inflaters,
        CoarseClock clock,
        GatewayMetrics metrics,
        ILogger logger)
    {
        _transport = transport;
        _settings = settings;
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
        _lastHeard = clock.Now;
        _reader = new MessageReader(settings.Messages, peerIsClient: true, inflaters);
        Outbound = new Outbound(transport.Transport.Output, settings.Outbound, this);
    }

    /// <summary>The sending half.</summary>
    public Outbound Outbound { get; }

    /// <summary>Whether the closing handshake has begun, from either side.</summary>
    public bool IsClosing => Volatile.Read(ref _deadline) != long.MaxValue;

    /// <summary>Serves the socket until it has ended.</summary>
    public async Task RunAsync(IMessageHandler handler)
    {
        _handler = handler;
        try
        {
            await ReadUntilEndAsync();
            await LingerAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The socket broke: an expected end, which the handler is told of like any other.
            _transport.Abort(new ConnectionAbortedException("the socket broke"));
        }
        finally
        {
            Outbound.End();
            _reader.Release();
            await handler.OnEndedAsync(_peerCloseCode);
            await Outbound.FlushAsync();
        }
    }

    /// <summary>Begins the closing handshake. Thread-safe; a second call does nothing.</summary>
    public void Close(CloseReason reason) =>
        Close(reason.Code, reason.Text, dropQueue: reason == CloseReason.SlowConsumer);

    /// <summary>Ends the connection for a failure of ours, which is logged here.</summary>
    public void Fail(Exception failure)
    {
        LogFailed(_logger, failure, _handler.Name, _transport.ConnectionId);
        Close(CloseReason.InternalError);
    }

    /// <summary>Has the read loop call <see cref="IMessageHandler.OnWokenAsync"/>, be there a message or not. Thread-safe.</summary>
    public void Wake() => _transport.Transport.Input.CancelPendingRead();

    /// <summary>Pings a silent peer, gives up one that stays silent, and ends a closing handshake that takes too long.</summary>
    public void Sweep(long now)
    {
        if (now >= Volatile.Read(ref _deadline))
        {
            _transport.Abort(new ConnectionAbortedException("the closing handshake took too long"));
            return;
        }

        if (IsClosing)
        {
            return;
        }

        if (now - _settings.MessageTimeout >= Volatile.Read(ref _begun))
        {
            Close(CloseCode.PolicyViolation, "the message takes too long");
            return;
        }

        _handler.OnSweep(now);
        long silence = now - Volatile.Read(ref _lastHeard);
        if (silence >= _settings.HeartbeatInterval + _settings.HeartbeatTimeout)
        {
            Close(CloseReason.Heartbeat);
        }
        else if (silence >= _settings.HeartbeatInterval && !_pinged)
        {
            _pinged = true;
            Outbound.Send(Opcode.Ping, []);
            Outbound.ScheduleFlush();
        }
    }

    void IOutboundOwner.OnProgress() => Hear();

    void IOutboundOwner.OnDrained() => _handler.OnDrained();

    void IOutboundOwner.OnSent(int messages, int bytes) => _metrics.Sent.Add(messages, bytes);

    void IOutboundOwner.OnDropped() => _metrics.Dropped(DropReason.Behind);

    void IOutboundOwner.OnSuperseded() => _metrics.Superseded();

    // When the message that is not complete began; a peer that trickles it is heard of all the time.
    private void KeepBegin()
    {
        if (!_reader.IsMidMessage)
        {
            Volatile.Write(ref _begun, long.MaxValue);
        }
        else if (_begun == long.MaxValue)
        {
            Volatile.Write(ref _begun, _clock.Now);
        }
    }

    private void Hear()
    {
        Volatile.Write(ref _lastHeard, _clock.Now);
        _pinged = false;
    }

    private void Close(ushort code, string reason, bool dropQueue = false)
    {
        Span<byte> payload = stackalloc byte[2 + CloseFrame.MaxReasonBytes];
        int length = CloseFrame.Write(payload, code, reason);
        BeginClose(payload[..length], code, dropQueue);
    }

    private void BeginClose(ReadOnlySpan<byte> payload, ushort code, bool dropQueue)
    {
        if (Outbound.SendClose(payload, dropQueue))
        {
            Volatile.Write(ref _deadline, _clock.Read() + _settings.CloseTimeout);
            _metrics.Closed(code);
            Outbound.ScheduleFlush();
        }
    }

    private async Task ReadUntilEndAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            Fail(e);
        }
    }

    private async Task ReadAsync()
    {
        PipeReader input = _transport.Transport.Input;
        int reads = 0;
        Outbound.Flush();
        while (!_stopReading)
        {
            ReadResult result = await input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition end = buffer.End;
            long bytes = buffer.Length;
            if (!result.IsCanceled || !buffer.IsEmpty)
            {
                Hear();
            }

            try
            {
                while (TryProcess(ref buffer, out ValueTask pending))
                {
                    await pending;
                }
            }
            finally
            {
                KeepBegin();
                _metrics.Received.Add(_received, bytes);
                _received = 0;

                // Also when a handler failed: the close that follows reads on.
                input.AdvanceTo(end);
            }

            if (result.IsCanceled && !IsClosing)
            {
                await _handler.OnWokenAsync();
            }

            // A peer that does not read is not read from either.
            await Outbound.FlushAsync(_settings.Outbound.BehindBytes);
            _stopReading |= result.IsCompleted;
            if (++reads % ReadsPerTurn == 0)
            {
                // Completions run inline: without this, a peer that never pauses would keep the thread to itself.
                await Task.Yield();
            }
        }
    }

    /// <summary>Processes all frames, up to the first message whose handling has to be awaited.</summary>
    private bool TryProcess(ref ReadOnlySequence<byte> buffer, out ValueTask pending)
    {
        long consumed = 0;
        foreach (ReadOnlyMemory<byte> segment in buffer)
        {
            // The pipe's memory is this reader's until it is advanced, so payloads are unmasked where they lie.
            Span<byte> input = MemoryMarshal.AsMemory(segment).Span;
            int position = 0;
            while (!_stopReading)
            {
                ReadStatus status = _reader.Read(input, ref position, out Span<byte> payload);
                if (status == ReadStatus.NeedMore)
                {
                    break;
                }

                pending = Handle(status, payload);
                if (!pending.IsCompletedSuccessfully)
                {
                    buffer = buffer.Slice(consumed + position);
                    return true;
                }
            }

            consumed += segment.Length;
        }

        pending = default;
        return false;
    }

    private ValueTask Handle(ReadStatus status, ReadOnlySpan<byte> payload)
    {
        switch (status)
        {
            case ReadStatus.Text or ReadStatus.Binary:
                _begun = long.MaxValue;
                _received++;
                // RFC 6455 §1.4: what comes after a close frame was sent is discarded.
                return IsClosing ? default : _handler.OnMessageAsync(payload, status == ReadStatus.Binary);
            case ReadStatus.Ping when _handler.AdmitsPing():
                Outbound.Send(Opcode.Pong, payload);
                break;
            case ReadStatus.Close:
                _peerCloseCode = CloseFrame.ReadCode(payload);
                _stopReading = true;
                BeginClose(payload.Length < 2 ? [] : payload[..2], _peerCloseCode.Value, dropQueue: false);
                break;
            case ReadStatus.Violation:
                _stopReading = true;
                Close(_reader.Violation!.Code, _reader.Violation.Reason);
                break;
        }

        return default;
    }

    private async Task LingerAsync()
    {
        // From here on the time is bounded, also where no close frame was exchanged.
        Interlocked.CompareExchange(ref _deadline, _clock.Read() + _settings.CloseTimeout, long.MaxValue);
        await Outbound.FlushAsync();
        await SocketEnding.LingerAsync(_transport, peerIsDone: _peerCloseCode is not null);
    }
}
