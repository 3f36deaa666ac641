using System.Buffers;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Steps over the values that are neither arrays nor objects. Where it fails, it stands at the fault.</summary>
internal static class JsonScalars
{
    // What ends a run of plain characters in a string: its quote, an escape, a control character.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>RFC 8259 §3.</summary>
    public static bool TryReadLiteral(ReadOnlySpan<byte> text, ref int at, ReadOnlySpan<byte> literal)
    {
        if (!text[at..].StartsWith(literal))
        {
            return false;
        }

        at += literal.Length;
        return true;
    }

    /// <summary>RFC 8259 §7, from the first quote over the last.</summary>
    public static bool TryReadString(ReadOnlySpan<byte> text, ref int at, out bool escaped)
    {
        escaped = false;
        at++;
        while (true)
        {
            ReadOnlySpan<byte> rest = text[at..];
            int plain = rest.IndexOfAny(NotPlain);
            if (plain < 0)
            {
                at = text.Length;
                return false;
            }

            at += plain;
            switch (rest[plain])
            {
                case (byte)'"':
                    at++;
                    return true;
                case (byte)'\\':
                    escaped = true;
                    int length = EscapeLength(rest[plain..]);
                    if (length == 0)
                    {
                        return false;
                    }

                    at += length;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>RFC 8259 §6: an optional minus, an integer without leading zeros, a fraction, an exponent.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, ref int at)
    {
        if (Next(text, at) == (byte)'-')
        {
            at++;
        }

        bool zero = Next(text, at) == (byte)'0';
        int digits = SkipDigits(text, ref at);
        bool valid = zero ? digits == 1 : digits > 0;
        if (valid && Next(text, at) == (byte)'.')
        {
            at++;
            valid = SkipDigits(text, ref at) > 0;
        }

        if (valid && Next(text, at) is (byte)'e' or (byte)'E')
        {
            at++;
            if (Next(text, at) is (byte)'+' or (byte)'-')
            {
                at++;
            }

            valid = SkipDigits(text, ref at) > 0;
        }

        return valid;
    }

    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u' when text.Length >= 6:
                foreach (byte digit in text.Slice(2, 4))
                {
                    if (!char.IsAsciiHexDigit((char)digit))
                    {
                        return 0;
                    }
                }

                return 6;
            default:
                return 0;
        }
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (char.IsAsciiDigit((char)Next(text, at)))
        {
            at++;
        }

        return at - start;
    }

    // 0 begins nothing, so it stands for the end.
    private static byte Next(ReadOnlySpan<byte> text, int at) => at < text.Length ? text[at] : (byte)0;
}
