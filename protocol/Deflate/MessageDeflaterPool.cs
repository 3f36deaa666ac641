namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Deflaters with window bits 15 and no context takeover, shared by all connections that agreed on no smaller window.
/// Thread-safe; never waits: more are made than the pool keeps, where more are rented at once.
/// </summary>
public sealed class MessageDeflaterPool : IDisposable
{
    private readonly CodecPool<MessageDeflater> _pool;

    /// <summary>An empty pool.</summary>
    /// <param name="capacity">The most idle deflaters that are kept; twice the number of processors if null.</param>
    /// <param name="level">1 (fast) to 9 (small).</param>
    /// <param name="memoryLevel">1 to 9; see <see cref="DeflateCodec.DefaultMemoryLevel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative or a level out of bounds.</exception>
    public MessageDeflaterPool(
        int? capacity = null,
        int level = DeflateCodec.DefaultLevel,
        int memoryLevel = DeflateCodec.DefaultMemoryLevel)
        : this(DeflateCodec.Backend, capacity, level, memoryLevel)
    {
    }

    internal MessageDeflaterPool(DeflateBackend backend, int? capacity, int level, int memoryLevel)
    {
        int slots = capacity ?? 2 * Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegative(slots, nameof(capacity));
        MessageDeflater.ValidateLevels(level, memoryLevel);
        _pool = new(
            () => new(backend, contextTakeover: false, DeflateCodec.MaxWindowBits, level, memoryLevel), slots);
    }

    /// <summary>How many deflaters are kept for the next.</summary>
    public int Idle => _pool.Idle;

    /// <summary>A deflater, to be given to <see cref="Return"/> once.</summary>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public MessageDeflater Rent() => _pool.Rent();

    /// <summary>Takes a deflater back, also a disposed one. It is dropped, and so is a surplus one.</summary>
    /// <exception cref="ArgumentException">It is not on loan from this pool.</exception>
    public void Return(MessageDeflater deflater) => _pool.Return(deflater);

    /// <summary>Disposes what is idle at once, and what is rented when it returns.</summary>
    public void Dispose() => _pool.Dispose();
}
