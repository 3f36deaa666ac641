using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>Unmasking a payload in place, against a loop over its bytes.</summary>
public class UnmaskBenchmarks
{
    private readonly byte[] _key = [0x37, 0xFA, 0x21, 0x3D];
    private byte[] _payload = [];

    [Params(20, 64, 256, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void SetUp() => _payload = new byte[Size];

    [Benchmark(Baseline = true)]
    public void Bytewise()
    {
        byte[] payload = _payload;
        byte[] key = _key;
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] ^= key[i & 3];
        }
    }

    [Benchmark]
    public uint Apply() => Masking.Apply(_payload, 0x3D21FA37);
}
