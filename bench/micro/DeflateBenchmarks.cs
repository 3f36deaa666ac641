using System.Text;
using BenchmarkDotNet.Attributes;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>Compressing and decompressing one message of JSON with a rented codec and without context takeover.</summary>
public class DeflateBenchmarks : IDisposable
{
    private readonly MessageDeflaterPool _deflaters = new();
    private readonly MessageInflaterPool _inflaters = new();
    private readonly PooledBuffer _output = new();
    private byte[] _message = [];
    private byte[] _compressed = [];

    [Params(300, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _message = Json(Size);
        Deflate();
        _compressed = _output.Written.ToArray();
    }

    [Benchmark]
    public int Deflate()
    {
        _output.Rewind();
        MessageDeflater deflater = _deflaters.Rent();
        deflater.Compress(_message, _output);
        _deflaters.Return(deflater);
        return _output.Length;
    }

    [Benchmark]
    public int Inflate() => InflatePieces(_compressed.Length);

    /// <summary>The compressed message in pieces of one byte.</summary>
    [Benchmark]
    public int InflateBytewise() => InflatePieces(1);

    [GlobalCleanup]
    public void Dispose()
    {
        _deflaters.Dispose();
        _inflaters.Dispose();
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    private int InflatePieces(int pieceLength)
    {
        _output.Rewind();
        MessageInflater inflater = _inflaters.Rent();
        for (int start = 0; start < _compressed.Length; start += pieceLength)
        {
            ReadOnlySpan<byte> piece = _compressed.AsSpan(start, Math.Min(pieceLength, _compressed.Length - start));
            inflater.Write(piece, start + piece.Length == _compressed.Length, _output, 1 << 20);
        }

        _inflaters.Return(inflater);
        return _output.Length == Size ? Size : throw new InvalidOperationException($"{_output.Length} bytes, not {Size}");
    }

    private static byte[] Json(int length)
    {
        string[] words = ["room", "hello", "the", "map", "is", "full", "of", "players", "edge", "cursor", "moves"];
        Random random = new(1);
        StringBuilder text = new("[");
        while (text.Length < length)
        {
            text.Append("{\"id\":").Append(random.Next()).Append(",\"text\":\"")
                .AppendJoin(' ', random.GetItems(words, 8)).Append("\"},");
        }

        return Encoding.UTF8.GetBytes(text.ToString(0, length));
    }
}
