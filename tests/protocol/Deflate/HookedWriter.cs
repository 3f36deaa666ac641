using System.Buffers;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>Calls back each time it is asked for room.</summary>
internal sealed class HookedWriter(Action hook) : IBufferWriter<byte>
{
    private readonly ExactWriter _inner = new();

    public void Advance(int count) => _inner.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        hook();
        return _inner.GetMemory(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public byte[] ToArray() => _inner.ToArray();
}
