using System.Buffers.Binary;
using Switchboard.Protocol.Framing;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Masking, whole and in two pieces, against a loop. An input is a key, where the pieces are cut, and the data.
/// </summary>
internal sealed class MaskingTarget : IFuzzTarget
{
    private const int SetUp = 6;

    // Around the widths of vectors.
    private static readonly int[] Lengths = [0, 1, 3, 4, 15, 16, 31, 32, 63, 64, 65, 127, 500];

    private readonly byte[] _expected = new byte[1024];
    private readonly byte[] _actual = new byte[1024];

    public string Name => "masking";

    public int Weight => 5;

    public int MaxInput => 1024;

    public long MaxAllocation => 1024;

    public IEnumerable<byte[]> Seeds => Lengths.Select(length => new byte[SetUp + length]);

    public IReadOnlyList<byte[]> Dictionary => [];

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.Length < SetUp)
        {
            return;
        }

        uint key = BinaryPrimitives.ReadUInt32LittleEndian(input);
        ReadOnlySpan<byte> data = input[SetUp..];
        int cut = data.IsEmpty ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(input[4..]) % (data.Length + 1);
        Span<byte> expected = _expected.AsSpan(0, data.Length);
        for (int i = 0; i < data.Length; i++)
        {
            expected[i] = (byte)(data[i] ^ input[i % 4]);
        }

        Span<byte> actual = _actual.AsSpan(0, data.Length);
        data.CopyTo(actual);
        uint next = Masking.Apply(actual, key);
        Unless(actual.SequenceEqual(expected), "whole differs from the loop");

        data.CopyTo(actual);
        uint between = Masking.Apply(actual[..cut], key);
        Unless(Masking.Apply(actual[cut..], between) == next, "the key does not go on");
        Unless(actual.SequenceEqual(expected), "two pieces differ from the loop");
        trace.Note(1, data.Length & 3, (Trace.Magnitude(data.Length) << 4) | (cut & 3));
    }
}
