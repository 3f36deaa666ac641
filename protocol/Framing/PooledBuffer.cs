using System.Buffers;

namespace Switchboard.Protocol.Framing;

/// <summary>
/// Bytes that grow as they are written, in an array of the shared pool that is given back when emptied.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int MinimumSize = 256;

    private byte[] _array = [];
    private int _written;

    /// <summary>How many bytes have been written.</summary>
    public int Length => _written;

    /// <summary>What has been written; valid until the next write.</summary>
    public Span<byte> Written => _array.AsSpan(0, _written);

    /// <summary>The same as memory.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _written);

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _written);
        _written += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    /// <summary>Empties the buffer and gives its array back to the pool.</summary>
    public void Clear()
    {
        _written = 0;
        if (_array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }
    }

    /// <summary>Empties the buffer but keeps its array, for a writer that goes on at once.</summary>
    public void Rewind() => _written = 0;

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Reserve(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_array.Length - _written >= needed)
        {
            return;
        }

        int doubled = (int)Math.Min((long)_array.Length * 2, Array.MaxLength);
        int least = Math.Max(doubled, MinimumSize);
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(least, checked(_written + needed)));
        Written.CopyTo(larger);
        if (_array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
