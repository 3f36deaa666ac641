using System.Buffers;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>
/// Walks over JSON text (RFC 8259) one value at a time and checks its grammar, but not that its strings are UTF-8.
/// Never throws and never recurses for what it reads, where a Utf8JsonReader throws: an attacker must not cost more
/// than a friend.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    // What ends a run of plain characters in a string: its quote, an escape, a control character (§7).
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the scanner stands.</summary>
    public int At { get; private set; }

    /// <summary>Why the last read failed.</summary>
    public JsonFault Fault { get; private set; }

    /// <summary>The next byte; 0, which begins nothing, at the end.</summary>
    private readonly byte Next => At < _text.Length ? _text[At] : (byte)0;

    /// <summary>Steps over white space to the next byte; 0 at the end.</summary>
    public byte SkipWhiteSpace()
    {
        ReadOnlySpan<byte> text = _text;
        int at = At;
        while ((uint)at < (uint)text.Length)
        {
            byte next = text[at];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                At = at;
                return next;
            }

            at++;
        }

        At = at;
        return 0;
    }

    /// <summary>Steps over one byte that <see cref="SkipWhiteSpace"/> returned.</summary>
    public void Step() => At++;

    /// <summary>Steps over one value, at which the scanner stands.</summary>
    /// <param name="maxDepth">How deep arrays and objects may nest in it, itself included.</param>
    /// <param name="token">The value.</param>
    public bool TryRead(int maxDepth, out JsonToken token)
    {
        token = default;
        token.Start = At;
        bool read = Next is (byte)'{' or (byte)'[' ? TryReadContainer(maxDepth, ref token) : TryReadScalar(ref token);
        token.Length = At - token.Start;
        return read;
    }

    /// <summary>Steps over a member's name and the colon behind it, up to its value.</summary>
    public bool TryReadName(out JsonToken name)
    {
        name = default;
        name.Start = At;
        if (Next != (byte)'"' || !TryReadString(ref name))
        {
            return Fail(JsonFault.Syntax);
        }

        name.Length = At - name.Start;
        if (SkipWhiteSpace() != (byte)':')
        {
            return Fail(JsonFault.Syntax);
        }

        Step();
        SkipWhiteSpace();
        return true;
    }

    private bool TryReadContainer(int maxDepth, ref JsonToken token)
    {
        token.Kind = Next == (byte)'{' ? JsonKind.Object : JsonKind.Array;
        ulong objects = 0; // one bit for each open container, the innermost lowest: set for an object
        int open = 0;
        int deepest = 0;
        JsonToken ignored = default;
        while (true)
        {
            byte next = Next;
            if (next is (byte)'{' or (byte)'[')
            {
                if (open == maxDepth)
                {
                    return Fail(JsonFault.Depth);
                }

                bool isObject = next == (byte)'{';
                objects = (objects << 1) | (isObject ? 1UL : 0);
                open++;
                deepest = Math.Max(deepest, open);
                Step();
                next = SkipWhiteSpace();
                if (next != (isObject ? (byte)'}' : (byte)']'))
                {
                    if (isObject && !TryReadName(out _))
                    {
                        return false;
                    }

                    continue;
                }
            }
            else
            {
                if (!TryReadScalar(ref ignored))
                {
                    return false;
                }

                next = SkipWhiteSpace();
            }

            while (next == ((objects & 1) != 0 ? (byte)'}' : (byte)']'))
            {
                Step();
                objects >>= 1;
                if (--open == 0)
                {
                    token.Depth = (byte)deepest;
                    return true;
                }

                next = SkipWhiteSpace();
            }

            if (next != (byte)',')
            {
                return Fail(JsonFault.Syntax);
            }

            Step();
            SkipWhiteSpace();
            if ((objects & 1) != 0 && !TryReadName(out _))
            {
                return false;
            }
        }
    }

    private bool TryReadScalar(ref JsonToken token)
    {
        switch (Next)
        {
            case (byte)'"':
                token.Kind = JsonKind.String;
                return TryReadString(ref token);
            case (byte)'t':
                token.Kind = JsonKind.True;
                return TryReadLiteral("true"u8);
            case (byte)'f':
                token.Kind = JsonKind.False;
                return TryReadLiteral("false"u8);
            case (byte)'n':
                token.Kind = JsonKind.Null;
                return TryReadLiteral("null"u8);
            default:
                token.Kind = JsonKind.Number;
                return TryReadNumber();
        }
    }

    private bool TryReadLiteral(scoped ReadOnlySpan<byte> literal)
    {
        if (!_text[At..].StartsWith(literal))
        {
            return Fail(JsonFault.Syntax);
        }

        At += literal.Length;
        return true;
    }

    // RFC 8259 §7
    private bool TryReadString(ref JsonToken token)
    {
        At++;
        while (true)
        {
            ReadOnlySpan<byte> rest = _text[At..];
            int plain = rest.IndexOfAny(NotPlain);
            if (plain < 0)
            {
                At = _text.Length;
                return Fail(JsonFault.Syntax);
            }

            At += plain;
            switch (rest[plain])
            {
                case (byte)'"':
                    At++;
                    return true;
                case (byte)'\\':
                    token.Escaped = true;
                    int length = EscapeLength(rest[plain..]);
                    if (length == 0)
                    {
                        return Fail(JsonFault.Syntax);
                    }

                    At += length;
                    break;
                default:
                    return Fail(JsonFault.Syntax);
            }
        }
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

    // RFC 8259 §6: an optional minus, an integer without leading zeros, a fraction, an exponent
    private bool TryReadNumber()
    {
        if (Next == (byte)'-')
        {
            At++;
        }

        bool zero = Next == (byte)'0';
        int digits = SkipDigits();
        bool valid = zero ? digits == 1 : digits > 0;
        if (valid && Next == (byte)'.')
        {
            At++;
            valid = SkipDigits() > 0;
        }

        if (valid && Next is (byte)'e' or (byte)'E')
        {
            At++;
            if (Next is (byte)'+' or (byte)'-')
            {
                At++;
            }

            valid = SkipDigits() > 0;
        }

        return valid || Fail(JsonFault.Syntax);
    }

    private int SkipDigits()
    {
        int start = At;
        while (char.IsAsciiDigit((char)Next))
        {
            At++;
        }

        return At - start;
    }

    private bool Fail(JsonFault fault)
    {
        Fault = fault;
        return false;
    }
}
