namespace Switchboard.Protocol.Envelope.Json;

/// <summary>
/// Walks over JSON text (RFC 8259) one value at a time and checks its grammar, but not that its strings are UTF-8.
/// Never throws and never recurses for what it reads, where a Utf8JsonReader throws: an attacker must not cost more
/// than a friend.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Where the scanner stands.</summary>
    public readonly int At => _at;

    /// <summary>Why the last read failed.</summary>
    public JsonFault Fault { get; private set; }

    /// <summary>The next byte; 0, which begins nothing, at the end.</summary>
    private readonly byte Next => _at < _text.Length ? _text[_at] : (byte)0;

    /// <summary>Steps over white space to the next byte; 0 at the end.</summary>
    public byte SkipWhiteSpace()
    {
        ReadOnlySpan<byte> text = _text;
        int at = _at;
        while ((uint)at < (uint)text.Length)
        {
            byte next = text[at];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _at = at;
                return next;
            }

            at++;
        }

        _at = at;
        return 0;
    }

    /// <summary>Steps over one byte that <see cref="SkipWhiteSpace"/> returned.</summary>
    public void Step() => _at++;

    /// <summary>Steps over one value, at which the scanner stands.</summary>
    /// <param name="maxDepth">How deep arrays and objects may nest in it, itself included.</param>
    /// <param name="token">The value.</param>
    public bool TryRead(int maxDepth, out JsonToken token)
    {
        token = default;
        token.Start = _at;
        bool read = Next is (byte)'{' or (byte)'[' ? TryReadContainer(maxDepth, ref token) : TryReadScalar(ref token);
        token.Length = _at - token.Start;
        return read;
    }

    /// <summary>Steps over a member's name and the colon behind it, up to its value.</summary>
    public bool TryReadName(out JsonToken name)
    {
        name = default;
        name.Start = _at;
        if (Next != (byte)'"' || !JsonScalars.TryReadString(_text, ref _at, out name.Escaped))
        {
            return Fail(JsonFault.Syntax);
        }

        name.Length = _at - name.Start;
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
        bool read;
        switch (Next)
        {
            case (byte)'"':
                token.Kind = JsonKind.String;
                read = JsonScalars.TryReadString(_text, ref _at, out token.Escaped);
                break;
            case (byte)'t':
                token.Kind = JsonKind.True;
                read = JsonScalars.TryReadLiteral(_text, ref _at, "true"u8);
                break;
            case (byte)'f':
                token.Kind = JsonKind.False;
                read = JsonScalars.TryReadLiteral(_text, ref _at, "false"u8);
                break;
            case (byte)'n':
                token.Kind = JsonKind.Null;
                read = JsonScalars.TryReadLiteral(_text, ref _at, "null"u8);
                break;
            default:
                token.Kind = JsonKind.Number;
                read = JsonScalars.TryReadNumber(_text, ref _at);
                break;
        }

        return read || Fail(JsonFault.Syntax);
    }

    private bool Fail(JsonFault fault)
    {
        Fault = fault;
        return false;
    }
}
