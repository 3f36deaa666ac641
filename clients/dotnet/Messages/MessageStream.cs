using System.Threading.Tasks.Sources;
using Switchboard.Client.Session;

namespace Switchboard.Client;

/// <summary>
/// The messages of a room from the moment it was opened, for <c>await foreach</c>, which disposes of it. It is bounded: when
/// its reader is behind, the oldest messages are dropped, and the next one says so in <see cref="RoomMessage.Missing"/>. It
/// ends when the client is closed.
/// </summary>
public sealed class MessageStream : IAsyncEnumerable<RoomMessage>, IAsyncEnumerator<RoomMessage>, IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private readonly Queue<RoomMessage> _messages = new();
    private readonly MessageStreams _owner;
    private readonly int _capacity;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationToken _canceled;
    private CancellationTokenRegistration _canceling;
    private RoomMessage? _current;
    private Loss? _missing;
    private Position _lastRead;
    private Position _lastDropped;
    private long _dropped;
    private bool _isAwaited;
    private bool _isOver;
    private bool _isRead;

    internal MessageStream(MessageStreams owner, int capacity)
    {
        _owner = owner;
        _capacity = capacity;
        owner.Add(this);
    }

    /// <inheritdoc/>
    RoomMessage IAsyncEnumerator<RoomMessage>.Current => _current!;

    /// <summary>Begins to read. A stream has one reader.</summary>
    /// <exception cref="InvalidOperationException">It has one already.</exception>
    public IAsyncEnumerator<RoomMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isRead)
            {
                throw new InvalidOperationException("a stream is read once: open another");
            }

            _isRead = true;
            _canceled = cancellationToken;
        }

        _canceling = cancellationToken.UnsafeRegister(static (state, _) => ((MessageStream)state!).Cancel(), this);
        return this;
    }

    /// <inheritdoc/>
    ValueTask<bool> IAsyncEnumerator<RoomMessage>.MoveNextAsync()
    {
        lock (_gate)
        {
            _canceled.ThrowIfCancellationRequested();
            if (_messages.TryDequeue(out RoomMessage? next))
            {
                Take(next);
                return new ValueTask<bool>(true);
            }

            if (_isOver)
            {
                return new ValueTask<bool>(false);
            }

            _source.Reset();
            _isAwaited = true;
            return new ValueTask<bool>(this, _source.Version);
        }
    }

    /// <summary>Stops taking messages.</summary>
    public ValueTask DisposeAsync()
    {
        _owner.Remove(this);
        _canceling.Unregister();
        Complete();
        return default;
    }

    internal void Write(RoomMessage message)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            if (_missing is not null)
            {
                message = message.Behind(_missing);
                _missing = null;
            }

            if (_isAwaited)
            {
                Take(message);
                _isAwaited = false;
                _source.SetResult(true);
                return;
            }

            if (_messages.Count == _capacity)
            {
                Position dropped = _messages.Dequeue().Position;
                _lastDropped = !dropped.IsNone ? dropped : _dropped == 0 ? _lastRead : _lastDropped;
                _dropped++;
            }

            _messages.Enqueue(message);
        }
    }

    internal void Lose(Loss loss)
    {
        lock (_gate)
        {
            _missing = _missing is null ? loss : _missing with { To = loss.To };
        }
    }

    internal void Complete()
    {
        lock (_gate)
        {
            _isOver = true;
            if (_isAwaited)
            {
                _isAwaited = false;
                _source.SetResult(false);
            }
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    // What was dropped stood between the message that was read last and this one.
    private void Take(RoomMessage next)
    {
        if (_dropped > 0)
        {
            next = next.Behind(new Loss(
                _lastRead, next.Missing?.To ?? _lastDropped, LossReasons.ReaderBehind, _dropped));
            _dropped = 0;
        }

        if (!next.Position.IsNone)
        {
            _lastRead = next.Position;
        }

        _current = next;
    }

    private void Cancel()
    {
        lock (_gate)
        {
            if (_isAwaited)
            {
                _isAwaited = false;
                _source.SetException(new OperationCanceledException(_canceled));
            }
        }
    }
}
