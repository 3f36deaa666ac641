namespace Switchboard.Protocol.Tests.Framing;

/// <summary>
/// The grammar of RFC 3629 §4, read literally: an automaton whose state is the bytes that must still come.
/// </summary>
internal sealed class Utf8Grammar
{
    private static readonly (int Low, int High) Tail = (0x80, 0xBF);

    private static readonly (int Low, int High)[][] Sequences =
    [
        [(0x00, 0x7F)],
        [(0xC2, 0xDF), Tail],
        [(0xE0, 0xE0), (0xA0, 0xBF), Tail],
        [(0xE1, 0xEC), Tail, Tail],
        [(0xED, 0xED), (0x80, 0x9F), Tail],
        [(0xEE, 0xEF), Tail, Tail],
        [(0xF0, 0xF0), (0x90, 0xBF), Tail, Tail],
        [(0xF1, 0xF3), Tail, Tail, Tail],
        [(0xF4, 0xF4), (0x80, 0x8F), Tail, Tail],
    ];

    private readonly Queue<(int Low, int High)> _due = [];

    /// <summary>Whether the text may end here.</summary>
    public bool IsComplete => _due.Count == 0;

    /// <summary>How many bytes can still be made valid by some continuation.</summary>
    public static int ViableLength(ReadOnlySpan<byte> text)
    {
        var grammar = new Utf8Grammar();
        for (int i = 0; i < text.Length; i++)
        {
            if (!grammar.Take(text[i]))
            {
                return i;
            }
        }

        return text.Length;
    }

    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var grammar = new Utf8Grammar();
        foreach (byte b in text)
        {
            if (!grammar.Take(b))
            {
                return false;
            }
        }

        return grammar.IsComplete;
    }

    /// <summary>Takes a byte; false when nothing that follows could make the text valid.</summary>
    public bool Take(byte b)
    {
        if (_due.TryDequeue(out (int Low, int High) range))
        {
            return b >= range.Low && b <= range.High;
        }

        foreach ((int Low, int High)[] sequence in Sequences)
        {
            if (b >= sequence[0].Low && b <= sequence[0].High)
            {
                foreach ((int Low, int High) due in sequence[1..])
                {
                    _due.Enqueue(due);
                }

                return true;
            }
        }

        return false;
    }
}
