namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Keeps a bounded number of idle codecs, in slots that are taken and filled without a lock. Searched from the front,
/// so that under little load few are used, and those are warm in the cache.
/// </summary>
internal sealed class CodecPool<T>(Func<T> create, int capacity) : IDisposable
    where T : MessageCodec
{
    private readonly T?[] _slots = new T?[capacity];
    private volatile bool _disposed;

    public int Idle => _slots.Count(static codec => codec is not null);

    public T Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        T codec = Take() ?? create();
        codec.Owner = this;
        return codec;
    }

    /// <summary>Ends a rent; <paramref name="clean"/> is called before anyone else can rent the codec.</summary>
    public void Return(T codec, Action<T>? clean = null)
    {
        ArgumentNullException.ThrowIfNull(codec);

        // Returned twice, a codec would serve two at once.
        if (Interlocked.CompareExchange(ref codec.Owner, null, this) != this)
        {
            throw new ArgumentException("not rented from this pool, or returned before", nameof(codec));
        }

        if (codec.IsDisposed)
        {
            return;
        }

        clean?.Invoke(codec);
        if (!Put(codec))
        {
            codec.Dispose();
        }

        if (_disposed)
        {
            DisposeIdle();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (Take() is { } codec)
        {
            codec.Dispose();
        }
    }

    private T? Take()
    {
        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } codec)
            {
                return codec;
            }
        }

        return null;
    }

    private bool Put(T codec)
    {
        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, codec, null) is null)
            {
                return true;
            }
        }

        return false;
    }
}
