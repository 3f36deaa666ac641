using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Switchboard.Core.Feeds;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.WebSockets;

/// <summary>
/// The sending half of a socket. While the socket keeps up, frames are copied straight into its pipe and many of them
/// leave with one flush; while a flush is under way they wait in a queue that is bounded in bytes. Thread-safe, and
/// no call blocks: a slow receiver is nobody's problem but its own.
/// </summary>
internal sealed class Outbound : IThreadPoolWorkItem
{
    // What one flush carries at most: enough for a large write, little enough that the rest can still be superseded.
    private const int FlushBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly PipeWriter _writer;
    private readonly OutboundLimits _limits;
    private readonly IOutboundOwner _owner;
    private BlockWriter _blocks;
    private OutboundQueue? _queue;
    private Action? _onFlushed;
    private ValueTaskAwaiter<FlushResult> _flush;
    private TaskCompletionSource? _drained;
    private long? _drainTo;
    private int _messages;
    private bool _scheduled;
    private bool _flushing;
    private bool _closing;
    private bool _ended;
    private bool _tellWhenDrained;

    public Outbound(PipeWriter writer, OutboundLimits limits, IOutboundOwner owner)
    {
        _writer = writer;
        _blocks = new BlockWriter(writer);
        _limits = limits;
        _owner = owner;
    }

    /// <summary>How many bytes wait in the queue.</summary>
    public long Waiting => _queue?.Bytes ?? 0;

    /// <summary>Whether the queue is at most half full.</summary>
    public bool HasRoom => (_queue?.BoundedBytes ?? 0) <= _limits.MaxQueueBytes / 2;

    /// <summary>Whether so much waits that volatile messages are dropped.</summary>
    public bool IsBehind => (_queue?.Bytes ?? 0) > _limits.BehindBytes;

    /// <summary>Whether a message of so many bytes would still be taken. Where none waits, one of any size is.</summary>
    public bool HasRoomFor(long bytes)
    {
        long waiting = _queue?.BoundedBytes ?? 0;
        return waiting == 0 || waiting + bytes <= _limits.MaxQueueBytes;
    }

    /// <summary>Asks for <see cref="IOutboundOwner.OnDrained"/>; false when there is room already.</summary>
    public bool TellWhenDrained()
    {
        lock (_gate)
        {
            _tellWhenDrained |= !HasRoom;
            return _tellWhenDrained;
        }
    }

    /// <summary>Sends what precedes all frames: the answer to the handshake.</summary>
    public void SendHead(ReadOnlySpan<byte> head)
    {
        lock (_gate)
        {
            _blocks.Write(head);
        }
    }

    /// <summary>Sends frames that lie one after another in a shared buffer. They leave with the next flush.</summary>
    /// <returns>
    /// How many were taken; fewer than given when the queue is full. A volatile frame that is dropped counts as taken.
    /// </returns>
    public int Send(SharedBuffer buffer, ReadOnlySpan<OutboundFrame> frames)
    {
        lock (_gate)
        {
            if (_closing || _ended)
            {
                return frames.Length;
            }

            OutboundFrame last = frames[^1];
            int length = last.Start + last.Length - frames[0].Start;
            if (CanWrite(length))
            {
                _blocks.Write(buffer.Written.Slice(frames[0].Start, length));
                _messages += frames.Length;
                return frames.Length;
            }

            int taken = 0;
            while (taken < frames.Length && TryEnqueue(buffer, frames[taken]))
            {
                taken++;
            }

            Prime();
            return taken;
        }
    }

    /// <summary>Sends one frame whose payload belongs to the caller; it is taken, be the queue full or not.</summary>
    public void Send(Opcode opcode, ReadOnlySpan<byte> payload, bool compressed = false, bool bounded = false)
    {
        lock (_gate)
        {
            if (!_closing && !_ended)
            {
                WriteOrEnqueue(opcode, payload, compressed, bounded);
            }
        }
    }

    /// <summary>Counts a volatile message that was not sent because the receiver is behind.</summary>
    public void Drop() => _owner.OnDropped();

    /// <summary>Sends the close frame, after which nothing else is sent.</summary>
    /// <returns>False when one was sent before.</returns>
    public bool SendClose(ReadOnlySpan<byte> payload, bool dropQueue)
    {
        lock (_gate)
        {
            if (_closing || _ended)
            {
                return false;
            }

            if (dropQueue)
            {
                _queue?.DropWaiting();
            }

            WriteOrEnqueue(Opcode.Close, payload, compressed: false, bounded: false);
            _closing = true;
            return true;
        }
    }

    /// <summary>Flushes what was sent, on the thread pool.</summary>
    public void ScheduleFlush()
    {
        lock (_gate)
        {
            if (_flushing || _scheduled || _blocks.Unflushed == 0)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Flushes what was sent, on this thread.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _scheduled = false;
            if (_flushing || _blocks.Unflushed == 0 || _ended)
            {
                return;
            }

            BeginFlush();
        }

        Pump();
    }

    /// <summary>Flushes, and completes when no more than so many bytes wait for the socket, or it is gone.</summary>
    /// <param name="behind">How much may still wait in the queue; null for nothing, in the flush under way neither.</param>
    public ValueTask FlushAsync(long? behind = null)
    {
        Flush();
        lock (_gate)
        {
            _drainTo = behind;
            if (IsDrained)
            {
                return ValueTask.CompletedTask;
            }

            _drained ??= new TaskCompletionSource();
            return new ValueTask(_drained.Task);
        }
    }

    /// <summary>Ends sending: what still waits is dropped. A flush under way is waited for by <see cref="FlushAsync"/>.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _queue?.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => Flush();

    private bool IsDrained => !_flushing || (_queue?.Bytes ?? 0) <= _drainTo;

    private bool CanWrite(int length) =>
        !_flushing && _blocks.Unflushed + length <= FlushBytes && (_queue is null || _queue.IsEmpty);

    private bool TryEnqueue(SharedBuffer buffer, in OutboundFrame frame)
    {
        _queue ??= new OutboundQueue();
        bool full = !HasRoomFor(frame.Length);
        if (frame.Class == DeliveryClass.Volatile && (full || IsBehind))
        {
            _owner.OnDropped();
            return true;
        }

        if (full)
        {
            return false;
        }

        if (_queue.Enqueue(buffer, frame, bounded: true))
        {
            _owner.OnSuperseded();
        }

        return true;
    }

    private void WriteOrEnqueue(Opcode opcode, ReadOnlySpan<byte> payload, bool compressed, bool bounded)
    {
        int header = FrameHeaderWriter.LengthFor(payload.Length);
        if (CanWrite(header + payload.Length))
        {
            FrameHeaderWriter.Write(_blocks.Reserve(header), opcode, payload.Length, fin: true, compressed);
            _blocks.Advance(header);
            _blocks.Write(payload);
            _messages += opcode is Opcode.Text or Opcode.Binary ? 1 : 0;
            return;
        }

        SharedBuffer buffer = SharedBuffer.Rent();
        FrameHeaderWriter.Write(buffer.GetSpan(header), opcode, payload.Length, fin: true, compressed);
        buffer.Advance(header);
        buffer.Write(payload);
        _queue ??= new OutboundQueue();
        _queue.Enqueue(
            buffer,
            new OutboundFrame(0, buffer.Length, DeliveryClass.Reliable, null),
            bounded,
            isMessage: opcode is Opcode.Text or Opcode.Binary);
        buffer.Release();
        Prime();
    }

    // What was too large to be written at once still needs a first piece in the pipe, for a flush to begin with.
    private void Prime()
    {
        if (!_flushing && _blocks.Unflushed == 0)
        {
            TakeFromQueue();
        }
    }

    private void BeginFlush()
    {
        _flushing = true;
        Commit();
    }

    private void Commit()
    {
        if (_blocks.Unflushed != 0)
        {
            _owner.OnSent(_messages, _blocks.Unflushed);
            _messages = 0;
        }

        _blocks.Commit();
    }

    // The only place that flushes; runs on one thread at a time, which _flushing stands for.
    private void Pump()
    {
        do
        {
            // The awaiter is used once, when it has completed: by this loop, or by the continuation.
#pragma warning disable CA2012
            _flush = _writer.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
            if (!_flush.IsCompleted)
            {
                _flush.UnsafeOnCompleted(_onFlushed ??= OnFlushed);
                return;
            }
        }
        while (FinishFlush());
    }

    private void OnFlushed()
    {
        _owner.OnProgress();
        if (FinishFlush())
        {
            Pump();
        }
    }

    /// <summary>Ends a flush; true when the queue has filled the next one.</summary>
    private bool FinishFlush()
    {
        bool gone = !TryGetFlushResult();
        bool tell;
        bool again;
        TaskCompletionSource? drained = null;
        lock (_gate)
        {
            _ended |= gone;
            if (_ended)
            {
                _queue?.Clear();
            }
            else
            {
                TakeFromQueue();
            }

            again = _flushing = !_ended && _blocks.Unflushed != 0;
            Commit();
            if (_drained is not null && IsDrained)
            {
                (drained, _drained) = (_drained, null);
            }

            tell = _tellWhenDrained && HasRoom;
            _tellWhenDrained &= !tell;
        }

        drained?.TrySetResult();
        if (tell)
        {
            _owner.OnDrained();
        }

        return again;
    }

    // A socket that is gone shows as a completed reader, under TLS as an exception; both are expected ends.
    private bool TryGetFlushResult()
    {
        try
        {
            FlushResult result = _flush.GetResult();
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    private void TakeFromQueue()
    {
        while (_queue is not null
            && _blocks.Unflushed < FlushBytes
            && _queue.TryTake(FlushBytes - _blocks.Unflushed, out SharedBuffer buffer, out int start, out int length, out bool endsMessage))
        {
            _blocks.Write(buffer.Written.Slice(start, length));
            _messages += endsMessage ? 1 : 0;
            buffer.Release();
        }
    }
}
