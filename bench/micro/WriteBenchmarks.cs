using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>Writing frames as a server sends them; times and bytes are for one frame.</summary>
public class WriteBenchmarks : IDisposable
{
    private const int Count = 64;

    private readonly PooledBuffer _buffer = new();
    private byte[] _payload = [];

    [Params(64, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void SetUp() => _payload = new byte[Size];

    /// <summary>Header and payload, into one buffer that is used again.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int HeaderAndPayload()
    {
        _buffer.Rewind();
        return Write();
    }

    /// <summary>The same into an empty buffer, which grows in arrays of the pool and gives them back.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int IntoEmptyBuffer()
    {
        _buffer.Clear();
        return Write();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _buffer.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Write()
    {
        for (int i = 0; i < Count; i++)
        {
            int header = FrameHeaderWriter.LengthFor(_payload.Length);
            FrameHeaderWriter.Write(_buffer.GetSpan(header), Opcode.Binary, _payload.Length);
            _buffer.Advance(header);
            _buffer.Write(_payload);
        }

        return _buffer.Length;
    }
}
