using Switchboard.Protocol.Framing;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The message reader, with and without compression. An input is two bytes of set-up and a stream, which is read whole,
/// read in pieces, and read by the model up to the first compressed message; all three must report the same.
/// </summary>
internal sealed class FramingTarget : IFuzzTarget, IDisposable
{
    private const int LargestMessage = 70_000;

    private static readonly MessageLimits[] Limits =
    [
        new() { MaxMessageBytes = LargestMessage },
        new() { MaxMessageBytes = 1, MaxFrameBytes = 125, MaxFragments = 1 },
        new() { MaxMessageBytes = 125, MaxFrameBytes = 125, MaxFragments = 2 },
        new() { MaxMessageBytes = 126, MaxFrameBytes = 126, MaxFragments = 3 },
        new() { MaxMessageBytes = 300, MaxFrameBytes = 200, MaxFragments = 5 },
        new() { MaxMessageBytes = 4096, MaxFragments = int.MaxValue },
        new() { MaxMessageBytes = 65_536 },
        new() { MaxMessageBytes = 10 },
    ];

    private readonly byte[] _buffer;
    private readonly FramingModel _model;
    private readonly Recording _whole = new();
    private readonly Recording _split = new();
    private readonly Recording _expected = new();
    private readonly LentInflater _inflaters = new();

    public FramingTarget()
    {
        _buffer = new byte[MaxInput];
        _model = new FramingModel(MaxInput);
    }

    public string Name => "framing";

    public int Weight => 40;

    public int MaxInput => 4096;

    // Two readers, each of which may double its array up to the largest message, besides what the oracle keeps.
    public long MaxAllocation => (2 * 4 * LargestMessage) + (64 * 1024);

    public IEnumerable<byte[]> Seeds => FramingSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => FramingSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.Length < FramingSeeds.SetUp)
        {
            return;
        }

        MessageLimits limits = Limits[(input[0] >> 1) & 7];
        bool peerIsClient = (input[0] & 1) == 0;
        ReadOnlySpan<byte> stream = input[FramingSeeds.SetUp..];

        bool compression = (input[0] & 16) != 0;

        Read(Reader(), stream, null, limits, _whole, trace);
        Read(Reader(), stream, new Chunks(input[1]), limits, _split, null);
        Compare(_whole, _split, "split differs from whole");

        // What of a compressed message is wrong first is known only to its code.
        Unless(compression || _whole.Violation == _split.Violation, "another violation when it is split");

        _expected.Clear();
        _model.Read(stream, limits, peerIsClient, compression, _expected, trace);
        Compare(_expected, _whole, "reader differs from model", _model.StoppedAtCompression);
        trace.Note(3, input[0] & 31, _whole.Count == 0 ? 0 : (int)_whole[_whole.Count - 1].Status);

        MessageReader Reader() => new(limits, peerIsClient, compression ? _inflaters : null);
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) =>
        FramingMutator.Mutate(input, output, random);

    public void Dispose() => _inflaters.Dispose();

    private void Read(
        MessageReader reader,
        ReadOnlySpan<byte> stream,
        Chunks? chunks,
        MessageLimits limits,
        Recording recording,
        Trace? trace)
    {
        recording.Clear();
        stream.CopyTo(_buffer);
        Span<byte> rest = _buffer.AsSpan(0, stream.Length);
        Chunks lengths = chunks.GetValueOrDefault();
        do
        {
            Span<byte> piece = rest[..(chunks is null ? rest.Length : lengths.Next(rest.Length))];
            rest = rest[piece.Length..];
            ReadPiece(ref reader, piece, limits, recording, trace);
        }
        while (!rest.IsEmpty);

        recording.IsMidMessage = reader.IsMidMessage;
        reader.Release();
        Unless(!_inflaters.IsOut, "an inflater is not given back");
    }

    private static void ReadPiece(
        ref MessageReader reader, Span<byte> piece, MessageLimits limits, Recording recording, Trace? trace)
    {
        int position = 0;
        while (true)
        {
            int before = position;
            bool ended = recording.IsEnded;
            ReadStatus status = reader.Read(piece, ref position, out Span<byte> payload);
            Unless(position >= before && position <= piece.Length, "position is out of bounds");
            Unless((status == ReadStatus.Violation) == (reader.Violation is not null), "violation without its status");
            if (ended || status == ReadStatus.NeedMore)
            {
                Unless(payload.IsEmpty && position == piece.Length, "input is left over");
                Unless(!ended || status is ReadStatus.NeedMore or ReadStatus.Violation, "reads on after the end");
                return;
            }

            if (status == ReadStatus.Violation)
            {
                Unless(payload.IsEmpty, "a violation has a payload");
                recording.Add(reader.Violation!);
            }
            else
            {
                int most = status is ReadStatus.Text or ReadStatus.Binary ? limits.MaxMessageBytes : 125;
                Unless(payload.Length <= most, "payload above the limit");
                recording.Add(status, payload);
            }

            trace?.Step((int)status, reader.Violation?.Reason.Length ?? SizeClass(payload.Length));
        }
    }

    private static int SizeClass(int length) => length == 0 ? 0 : length < 126 ? 1 : 2;

    private static void Compare(Recording expected, Recording actual, string message, bool onlyBeginning = false)
    {
        Unless(onlyBeginning ? actual.Count >= expected.Count : actual.Count == expected.Count, message);
        for (int i = 0; i < expected.Count; i++)
        {
            Unless(expected[i] == actual[i], message);
        }

        Unless(onlyBeginning || expected.IsEnded || expected.IsMidMessage == actual.IsMidMessage, message);
    }
}
