using System.Buffers;
using Switchboard.Protocol.Deflate;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The inflater, on data that may be anything, whole and in pieces; and the deflater, whose messages must come back.
/// An input is two bytes of set-up and the data.
/// </summary>
internal sealed class InflateTarget : IFuzzTarget, IDisposable
{
    private static readonly int[] Limits = [65_536, 1, 100, 4096];

    private readonly MessageInflater[] _inflaters = [new(contextTakeover: false), new(contextTakeover: true)];
    private readonly MessageDeflater _deflater = new(contextTakeover: false);
    private readonly ArrayBufferWriter<byte> _whole = new();
    private readonly ArrayBufferWriter<byte> _split = new();
    private readonly ArrayBufferWriter<byte> _compressed = new();

    public string Name => "inflate";

    public int Weight => 15;

    public int MaxInput => 2048;

    // Two outputs of the largest size, each doubled as it grows, and the base library's compressor in the mutator.
    public long MaxAllocation => 2 * 4 * Limits[0];

    public IEnumerable<byte[]> Seeds => InflateSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => InflateSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.Length < InflateSeeds.SetUp)
        {
            return;
        }

        int takeover = input[0] & 1;
        int limit = Limits[(input[0] >> 1) & 3];
        ReadOnlySpan<byte> data = input[InflateSeeds.SetUp..];
        if ((input[0] & 8) == 0)
        {
            Decode(data, takeover, limit, new Chunks(input[1]), trace);
        }
        else
        {
            RoundTrip(data, takeover == 1 && (input[0] & 0xF0) == 0xF0, new Chunks(input[1]), trace);
        }
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random)
    {
        if (input.Length < InflateSeeds.SetUp || (input[0] & 8) != 0)
        {
            return 0;
        }

        int at = random.OneIn(2) ? InflateSeeds.SetUp : input.Length;
        Span<byte> made = stackalloc byte[256];
        made = made[..InflateSeeds.Blocks(made, random)];
        int length = at + made.Length;
        if (length > output.Length)
        {
            return 0;
        }

        input[..at].CopyTo(output);
        made.CopyTo(output[at..]);
        return length;
    }

    public void Dispose()
    {
        _deflater.Dispose();
        foreach (MessageInflater inflater in _inflaters)
        {
            inflater.Dispose();
        }
    }

    private void Decode(ReadOnlySpan<byte> data, int takeover, int limit, Chunks chunks, Trace trace)
    {
        MessageInflater inflater = _inflaters[takeover];
        _whole.ResetWrittenCount();
        inflater.Reset();
        InflateStatus whole = inflater.Write(data, final: true, _whole, limit);
        Unless(_whole.WrittenCount <= limit, "more than the limit");

        _split.ResetWrittenCount();
        inflater.Reset();
        InflateStatus split = WriteInPieces(inflater, data, limit, chunks, trace);
        Unless(split == whole, "pieces end otherwise than the whole");
        Unless(
            whole != InflateStatus.Ok || _split.WrittenSpan.SequenceEqual(_whole.WrittenSpan),
            "pieces differ from the whole");
        Unless(_split.WrittenCount <= limit, "more than the limit in pieces");
        trace.Note(1, (int)whole, (Trace.Magnitude(_whole.WrittenCount) << 3) | (data.IsEmpty ? 0 : data[0] & 7));
    }

    private InflateStatus WriteInPieces(
        MessageInflater inflater, ReadOnlySpan<byte> data, int limit, Chunks chunks, Trace trace)
    {
        InflateStatus status;
        do
        {
            int before = _split.WrittenCount;
            ReadOnlySpan<byte> piece = data[..chunks.Next(data.Length)];
            data = data[piece.Length..];
            status = inflater.Write(piece, final: data.IsEmpty, _split, limit);

            // How much came of each piece tells lengths and codes apart.
            trace.Step((int)status, Math.Min(Trace.Magnitude(_split.WrittenCount - before), 6));
        }
        while (status == InflateStatus.Ok && !data.IsEmpty);

        return status;
    }

    // Two messages, so that the second may refer to the first.
    private void RoundTrip(ReadOnlySpan<byte> data, bool takeover, Chunks chunks, Trace trace)
    {
        // What keeps its window can't be used again, and is dear to make.
        using MessageDeflater? own = takeover ? new MessageDeflater(contextTakeover: true, windowBits: 9) : null;
        MessageInflater inflater = _inflaters[takeover ? 1 : 0];
        inflater.Reset();
        for (int message = 0; message < 2; message++)
        {
            _compressed.ResetWrittenCount();
            (own ?? _deflater).Compress(data, _compressed);
            Unless(_compressed.WrittenCount <= data.Length + (data.Length / 8) + 16, "grows too much");
            _split.ResetWrittenCount();
            InflateStatus status = WriteInPieces(inflater, _compressed.WrittenSpan, data.Length, chunks, trace);
            Unless(status == InflateStatus.Ok, "what was compressed does not come back");
            Unless(_split.WrittenSpan.SequenceEqual(data), "what was compressed comes back changed");
        }

        trace.Note(2, Trace.Magnitude(data.Length), Trace.Magnitude(_compressed.WrittenCount));
    }
}
