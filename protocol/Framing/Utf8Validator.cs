using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Switchboard.Protocol.Framing;

/// <summary>
/// Checks text that comes in pieces (RFC 6455 §8.1, RFC 3629): a sequence may be cut anywhere, and a piece is refused
/// with the first byte that no continuation could make valid.
/// </summary>
public struct Utf8Validator
{
    private const int MaxSequence = 4;

    private Cut _cut;
    private byte _cutLength;

    /// <summary>Whether the text may end here: no sequence is cut.</summary>
    public readonly bool IsComplete => _cutLength == 0;

    /// <summary>Takes the next piece; false when the text can no longer be valid.</summary>
    public bool Append(ReadOnlySpan<byte> piece)
    {
        if (_cutLength != 0 && !TryCloseCut(ref piece))
        {
            return false;
        }

        int tail = TailLength(piece);
        if (tail != 0 && Rune.DecodeFromUtf8(piece[^tail..], out _, out _) != OperationStatus.NeedMoreData)
        {
            return false;
        }

        if (!Utf8.IsValid(piece[..^tail]))
        {
            return false;
        }

        // A piece that the cut swallowed whole leaves the cut as it is.
        if (tail != 0)
        {
            piece[^tail..].CopyTo(_cut);
            _cutLength = (byte)tail;
        }

        return true;
    }

    private bool TryCloseCut(ref ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            _cut[_cutLength++] = piece[0];
            piece = piece[1..];
            Span<byte> cut = _cut;
            switch (Rune.DecodeFromUtf8(cut[.._cutLength], out _, out _))
            {
                case OperationStatus.Done:
                    _cutLength = 0;
                    return true;
                case OperationStatus.NeedMoreData:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // How many bytes at the end begin a sequence that does not end here: 0 to 3.
    private static int TailLength(ReadOnlySpan<byte> piece)
    {
        for (int back = 1; back < MaxSequence && back <= piece.Length; back++)
        {
            byte b = piece[^back];
            if (b < 0x80)
            {
                return 0;
            }

            if (b >= 0xC0)
            {
                int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? back : 0;
            }
        }

        return 0;
    }

    [InlineArray(MaxSequence)]
    private struct Cut
    {
        private byte _first;
    }
}
