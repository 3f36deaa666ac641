namespace Switchboard.Protocol.Deflate;

/// <summary>
/// What <see cref="MessageDeflater"/> and <see cref="MessageInflater"/> share: native memory that lives until
/// <see cref="Dispose"/> (or until the finalizer, where that is forgotten), and one user at a time.
/// </summary>
public abstract class MessageCodec : IDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Closed = 2;

    /// <summary>The pool that this was rented from and must go back to.</summary>
    internal object? Owner;

    private readonly IDisposable _engine;
    private int _state;

    private protected MessageCodec(IDisposable engine) => _engine = engine;

    internal bool IsDisposed => Volatile.Read(ref _state) == Closed;

    /// <summary>Frees the native memory, at once or when the call that is under way on another thread ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Idle)
        {
            _engine.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Refuses a second user: two threads in one zlib state would corrupt the process's memory.</summary>
    private protected void Enter()
    {
        int state = Interlocked.CompareExchange(ref _state, Busy, Idle);
        ObjectDisposedException.ThrowIf(state == Closed, this);
        if (state == Busy)
        {
            throw new InvalidOperationException("in use by another call");
        }
    }

    /// <summary>
    /// Ends what <see cref="Enter"/> began. A call that was cut off by an exception left half a message inside, which
    /// must not leak into the next one, so the codec is gone with it.
    /// </summary>
    private protected void Leave(bool completed)
    {
        int next = completed ? Idle : Closed;
        if (Interlocked.CompareExchange(ref _state, next, Busy) == Closed || !completed)
        {
            _engine.Dispose();
        }
    }
}
