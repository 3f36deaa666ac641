using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Switchboard.Fuzz.Targets;

/// <summary>Changes a command token by token; keeps the length that stands before a binary one's header.</summary>
internal static class EnvelopeMutator
{
    private const int TextStart = 1;
    private const int BinaryStart = 3;

    private static readonly SearchValues<byte> Starts = SearchValues.Create("\"tfn-0123456789{["u8);

    public static int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random)
    {
        if (input.IsEmpty)
        {
            return 0;
        }

        bool binary = (input[0] & 1) != 0;
        int start = binary ? BinaryStart : TextStart;
        int headerLength = binary && input.Length >= start
            ? BinaryPrimitives.ReadUInt16BigEndian(input[1..])
            : input.Length - start;
        if (headerLength <= 0 || start + headerLength > input.Length)
        {
            return 0;
        }

        ReadOnlySpan<byte> json = input.Slice(start, headerLength);
        ReadOnlySpan<byte> rest = input[(start + headerLength)..];
        int at = FindToken(json, random.Below(json.Length));
        int length = TokenLength(json[at..]);
        ReadOnlySpan<byte> token = json.Slice(at, length);
        Span<byte> made = stackalloc byte[512];
        switch (random.Below(5))
        {
            case 0:
                made = [];
                break;
            case 1:
                made = made[..Escape(token, made, random)];
                break;
            case 2:
                int other = FindToken(json, random.Below(json.Length));
                ReadOnlySpan<byte> copied = json.Slice(other, Math.Min(TokenLength(json[other..]), made.Length));
                copied.CopyTo(made);
                made = made[..copied.Length];
                break;
            default:
                byte[] value = random.Pick(EnvelopeSeeds.Values);
                value.CopyTo(made);
                made = made[..value.Length];
                break;
        }

        int total = input.Length - length + made.Length;
        if (total > output.Length)
        {
            return 0;
        }

        input[..(start + at)].CopyTo(output);
        made.CopyTo(output[(start + at)..]);
        json[(at + length)..].CopyTo(output[(start + at + made.Length)..]);
        rest.CopyTo(output[(total - rest.Length)..]);
        if (binary)
        {
            BinaryPrimitives.WriteUInt16BigEndian(output[1..], (ushort)(headerLength - length + made.Length));
        }

        return total;
    }

    // The next place from there where a value or name may begin.
    private static int FindToken(ReadOnlySpan<byte> json, int from)
    {
        int found = json[from..].IndexOfAny(Starts);
        return found < 0 ? from : from + found;
    }

    private static int TokenLength(ReadOnlySpan<byte> json)
    {
        switch (json[0])
        {
            case (byte)'"':
                int end = json[1..].IndexOf((byte)'"');
                return end < 0 ? json.Length : end + 2;
            case (byte)'{' or (byte)'[':
                end = json.IndexOfAny("}]"u8);
                return end < 0 ? json.Length : end + 1;
            default:
                end = json.IndexOfAny(",:}] "u8);
                return end < 0 ? json.Length : Math.Max(end, 1);
        }
    }

    // Writes one of a token's characters as an escape.
    private static int Escape(ReadOnlySpan<byte> token, Span<byte> made, Prng random)
    {
        token = token[..Math.Min(token.Length, made.Length - 6)];
        int at = random.Below(token.Length);
        token[..at].CopyTo(made);
        Encoding.ASCII.GetBytes($"\\u{token[at]:x4}", made[at..]);
        token[(at + 1)..].CopyTo(made[(at + 6)..]);
        return token.Length + 5;
    }
}
