namespace Switchboard.Load.Publish;

/// <summary>Which message it is, within its room: the publisher and how many that one published before, as one
/// number.</summary>
internal static class Origin
{
    private const int SequenceBits = 40;

    public static long Of(int publisher, long sequence) => ((long)publisher << SequenceBits) | sequence;

    public static (int Publisher, long Sequence) Split(long number) =>
        ((int)(number >> SequenceBits), number & ((1L << SequenceBits) - 1));
}
