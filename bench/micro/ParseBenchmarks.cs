using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>Reading messages; times and bytes are for one message.</summary>
public class ParseBenchmarks
{
    private const int Count = 256;

    private MessageReader _reader = new(new MessageLimits());
    private byte[] _small = [];
    private byte[] _large = [];
    private byte[] _fragmented = [];

    [Params(Opcode.Text, Opcode.Binary)]
    public Opcode Kind { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _small = Frames.Messages(Kind, Count, 1, 64);
        _large = Frames.Messages(Kind, Count, 1, 4096);
        _fragmented = Frames.Messages(Kind, Count, 4, 16);
    }

    /// <summary>64 bytes, all messages in one buffer.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int Whole64() => ReadPieces(_small, _small.Length);

    /// <summary>The same, cut every 100 bytes: most messages lie in two pieces.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Cut64() => ReadPieces(_small, 100);

    /// <summary>The same, one byte at a time.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Bytewise64() => ReadPieces(_small, 1);

    /// <summary>4 frames of 16 bytes each.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Fragmented64() => ReadPieces(_fragmented, _fragmented.Length);

    [Benchmark(OperationsPerInvoke = Count)]
    public int Whole4096() => ReadPieces(_large, _large.Length);

    /// <summary>4 KB in the pieces that a pipe's blocks cut it into.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Cut4096() => ReadPieces(_large, 4096);

    private int ReadPieces(byte[] input, int pieceLength)
    {
        int read = 0;
        for (int start = 0; start < input.Length; start += pieceLength)
        {
            Span<byte> piece = input.AsSpan(start, Math.Min(pieceLength, input.Length - start));
            int position = 0;
            while (_reader.Read(piece, ref position, out _) != ReadStatus.NeedMore)
            {
                read++;
            }
        }

        return read == Count ? read : throw new InvalidOperationException($"{read} messages read, not {Count}");
    }
}
