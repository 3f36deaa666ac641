using System.Buffers;
using System.Text;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>
/// The fields of one command. Reading never stops at what is wrong: the first thing wrong is kept, and asked for at
/// the end. A field that is absent or wrong reads as empty, null or its default.
/// </summary>
/// <param name="text">The command, valid UTF-8.</param>
/// <param name="scratch">Where names that were escaped are unescaped.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> text, Span<byte> scratch)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Span<byte> _scratch = scratch;
    private FieldTable _table;
    private uint _present;
    private uint _twice;

    /// <summary>The first error's code; null while there is none.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>The first error's text.</summary>
    public string ErrorText { get; private set; } = string.Empty;

    /// <summary>
    /// Finds the fields; a fault of the JSON becomes the first error, but what stood before it can still be read.
    /// </summary>
    public void Scan()
    {
        var members = new JsonObjectReader(_text, EnvelopeLimits.MessageDepth);
        while (members.TryNext(out JsonToken name, out JsonToken value))
        {
            Field field = FieldNames.Find(JsonValues.ReadWord(name, _text, _scratch));
            if (field != Field.Count)
            {
                uint bit = 1u << (int)field;
                _twice |= _present & bit;
                _present |= bit;
                _table[(int)field] = value;
            }
        }

        if (members.Fault == JsonFault.Depth)
        {
            Fail(ErrorCodes.BadJson, $"nests deeper than {EnvelopeLimits.MessageDepth} levels");
        }
        else if (members.Fault == JsonFault.Syntax)
        {
            Fail(ErrorCodes.BadJson, $"not one JSON object: fault at byte {members.At}");
        }
    }

    /// <summary>Notes an error, unless there is one already.</summary>
    public void Fail(string code, string text)
    {
        if (ErrorCode is null)
        {
            ErrorCode = code;
            ErrorText = text;
        }
    }

    /// <summary>Notes that a field is not as it must be.</summary>
    public void Fail(Field field, string text, string code = ErrorCodes.BadField) =>
        Fail(code, $"{FieldNames.Of(field)} {text}");

    /// <summary>Whether a field is there. Twice is an error, as is a required one's absence.</summary>
    public bool Has(Field field, bool required = false)
    {
        uint bit = 1u << (int)field;
        if ((_twice & bit) != 0)
        {
            Fail(field, "is given twice");
            return false;
        }

        if ((_present & bit) != 0)
        {
            return true;
        }

        if (required)
        {
            Fail(field, "is missing");
        }

        return false;
    }

    /// <summary>Reads an optional boolean.</summary>
    public bool Boolean(Field field, bool otherwise)
    {
        if (!Has(field))
        {
            return otherwise;
        }

        JsonKind kind = _table[(int)field].Kind;
        if (kind is not (JsonKind.True or JsonKind.False))
        {
            Fail(field, "must be true or false");
        }

        return kind == JsonKind.True;
    }

    /// <summary>Reads an optional integer.</summary>
    public long Integer(Field field, long min, long max, long otherwise)
    {
        if (!Has(field))
        {
            return otherwise;
        }

        if (JsonValues.TryReadInteger(_table[(int)field], _text, out long value) && value >= min && value <= max)
        {
            return value;
        }

        Fail(field, $"must be an integer from {min} to {max}");
        return otherwise;
    }

    /// <summary>Reads a name, key, slot, id or token.</summary>
    public ReadOnlySpan<byte> Name(Field field, int maxBytes, bool required = false)
    {
        if (!HasKind(field, JsonKind.String, "must be a string", required))
        {
            return default;
        }

        string? problem = JsonValues.ReadName(
            _table[(int)field], _text, maxBytes, _scratch, out ReadOnlySpan<byte> name, out int used);
        if (problem is not null)
        {
            Fail(field, problem, ErrorCodes.BadName);
            return default;
        }

        _scratch = _scratch[used..];
        return name;
    }

    /// <summary>Reads a token, which is too long for the scratch. Rare, so it may allocate.</summary>
    public string? Token(bool required = false)
    {
        if (!HasKind(Field.Token, JsonKind.String, "must be a string", required))
        {
            return null;
        }

        JsonToken token = _table[(int)Field.Token];
        ReadOnlySpan<byte> content = token.ContentIn(_text);
        if (token.Escaped)
        {
            byte[] unescaped = new byte[EnvelopeLimits.TokenBytes];
            OperationStatus status = JsonText.Unescape(content, unescaped, out int written);
            content = status == OperationStatus.Done ? unescaped.AsSpan(0, written) : default;
        }

        // Whether it is too long or half a surrogate pair: no token is like that.
        if (NameRule.Check(content, EnvelopeLimits.TokenBytes) is { } problem)
        {
            Fail(Field.Token, problem, ErrorCodes.BadName);
            return null;
        }

        return Encoding.UTF8.GetString(content);
    }

    /// <summary>Reads a word of a fixed vocabulary, to be compared before anything else is read.</summary>
    public ReadOnlySpan<byte> Word(Field field, bool required = false) =>
        HasKind(field, JsonKind.String, "must be a string", required)
            ? JsonValues.ReadWord(_table[(int)field], _text, _scratch)
            : default;

    /// <summary>Reads an optional position.</summary>
    public FeedPosition? Position(Field field)
    {
        if (!Has(field))
        {
            return null;
        }

        if (JsonValues.TryReadPosition(_table[(int)field], _text, _scratch, out FeedPosition position))
        {
            return position;
        }

        Fail(field, JsonValues.PositionRule);
        return null;
    }

    /// <summary>Reads an optional object as it was sent.</summary>
    public ReadOnlySpan<byte> Object(Field field) =>
        HasKind(field, JsonKind.Object, "must be an object") ? _table[(int)field].RawIn(_text) : default;

    /// <summary>Reads the data of a message, of any type, as it was sent.</summary>
    public ReadOnlySpan<byte> Data() => Has(Field.Data, required: true) ? Bounded(Field.Data) : default;

    /// <summary>Reads a presence state as it was sent: an object, or empty for null.</summary>
    public ReadOnlySpan<byte> State(bool required)
    {
        if (!Has(Field.State, required) || _table[(int)Field.State].Kind == JsonKind.Null)
        {
            return default;
        }

        return HasKind(Field.State, JsonKind.Object, "must be an object or null") ? Bounded(Field.State) : default;
    }

    private bool HasKind(Field field, JsonKind kind, string rule, bool required = false)
    {
        if (!Has(field, required))
        {
            return false;
        }

        if (_table[(int)field].Kind == kind)
        {
            return true;
        }

        Fail(field, rule);
        return false;
    }

    private ReadOnlySpan<byte> Bounded(Field field)
    {
        JsonToken token = _table[(int)field];
        if (token.Depth > EnvelopeLimits.DataDepth)
        {
            Fail(field, $"must not nest deeper than {EnvelopeLimits.DataDepth} levels");
        }

        return token.RawIn(_text);
    }
}
