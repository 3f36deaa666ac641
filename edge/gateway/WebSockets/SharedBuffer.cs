using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Switchboard.Gateway.WebSockets;

/// <summary>
/// Bytes on their way to one or many sockets, counted by reference: the writer holds the first reference, each queue
/// that keeps a piece of it one more. The last release gives array and object back.
/// </summary>
internal sealed class SharedBuffer : IBufferWriter<byte>
{
    private const int MinimumSize = 512;
    private const int MaxPooledObjects = 1024;

    private static readonly ConcurrentQueue<SharedBuffer> Pool = new();
    private static int _outstanding;

    private byte[] _array = [];
    private int _references;

    private SharedBuffer()
    {
    }

    /// <summary>How many are in use, for the tests that look for leaks.</summary>
    public static int Outstanding => Volatile.Read(ref _outstanding);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    public static SharedBuffer Rent()
    {
        if (!Pool.TryDequeue(out SharedBuffer? buffer))
        {
            buffer = new SharedBuffer();
        }

        buffer._references = 1;
        Interlocked.Increment(ref _outstanding);
        return buffer;
    }

    public void Retain()
    {
        int references = Interlocked.Increment(ref _references);
        Debug.Assert(references > 1, "retained after its last release");
    }

    public void Release()
    {
        int references = Interlocked.Decrement(ref _references);
        Debug.Assert(references >= 0, "released once too often");
        if (references != 0)
        {
            return;
        }

        if (_array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }

        Length = 0;
        Interlocked.Decrement(ref _outstanding);
        if (Pool.Count < MaxPooledObjects)
        {
            Pool.Enqueue(this);
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Bytes already written, to be changed in place: a frame's header once its length is known.</summary>
    public Span<byte> Patch(int start, int length) => _array.AsSpan(start, length);

    private void Reserve(int sizeHint)
    {
        int needed = Length + Math.Max(sizeHint, 1);
        if (_array.Length >= needed)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(MinimumSize, Math.Max(needed, _array.Length * 2)));
        Written.CopyTo(larger);
        if (_array.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
