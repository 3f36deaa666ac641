namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Inflaters for any window and no context takeover. A connection rents one with the first frame of a compressed
/// message and returns it after the last, so that an idle connection holds none. Thread-safe; never waits.
/// </summary>
public sealed class MessageInflaterPool : IInflaterSource, IDisposable
{
    private readonly CodecPool<MessageInflater> _pool;

    /// <summary>An empty pool.</summary>
    /// <param name="capacity">The most idle inflaters that are kept; twice the number of processors if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public MessageInflaterPool(int? capacity = null)
        : this(DeflateCodec.Backend, capacity)
    {
    }

    internal MessageInflaterPool(DeflateBackend backend, int? capacity)
    {
        int slots = capacity ?? 2 * Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegative(slots, nameof(capacity));
        _pool = new(() => new(backend, contextTakeover: false, DeflateCodec.MaxWindowBits), slots);
    }

    /// <summary>How many inflaters are kept for the next.</summary>
    public int Idle => _pool.Idle;

    /// <summary>An inflater at the start of a message, to be given to <see cref="Return"/> once.</summary>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public MessageInflater Rent() => _pool.Rent();

    /// <summary>
    /// Takes an inflater back, also in the midst of a message or after a corrupt one; of what it read, nothing is
    /// left for the next.
    /// </summary>
    /// <exception cref="ArgumentException">It is not on loan from this pool.</exception>
    public void Return(MessageInflater inflater) => _pool.Return(inflater, static returned => returned.Reset());

    /// <summary>Disposes what is idle at once, and what is rented when it returns.</summary>
    public void Dispose() => _pool.Dispose();
}
