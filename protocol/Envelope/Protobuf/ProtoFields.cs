using System.Text;
using System.Text.Unicode;
using Switchboard.Protocol.Envelope.Json;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>
/// The fields of one command. Reading never stops at what is wrong: the first thing wrong is kept, and asked for at the
/// end. A field that is absent or wrong reads as empty, null or its default.
/// </summary>
internal ref struct ProtoFields
{
    private ReadOnlySpan<byte> _body;
    private ProtoFieldTable _table;
    private uint _present;
    private uint _twice;

    /// <summary>The first error's code; null while there is none.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>The first error's text.</summary>
    public string ErrorText { get; private set; } = string.Empty;

    public ProtoFields()
    {
    }

    /// <summary>Finds the fields of a command.</summary>
    public void Scan(ReadOnlySpan<byte> body)
    {
        _body = body;
        var reader = new ProtoReader(body);
        while (reader.TryNext(out ProtoToken field))
        {
            if (field.Number < ProtoFieldTable.Count)
            {
                uint bit = 1u << field.Number;
                _twice |= _present & bit;
                _present |= bit;
                _table[field.Number] = field;
            }
        }

        Check(reader);
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
    public void Fail(ProtoName field, string text, string code = ErrorCodes.BadField)
    {
        if (ErrorCode is null)
        {
            Fail(code, $"{field.Name} {text}");
        }
    }

    /// <summary>Notes that a message, which was read to its end, is not one.</summary>
    public void Check(in ProtoReader reader)
    {
        if (reader.Fault is not null)
        {
            Fail(ErrorCodes.BadFrame, $"not a protobuf message: {reader.Fault}");
        }
    }

    /// <summary>Whether a field is there.</summary>
    public readonly bool Has(ProtoName field) => (_present & (1u << field.Number)) != 0;

    /// <summary>Of two fields of which a message has one, forgets the one that was given first.</summary>
    public void KeepLast(ProtoName first, ProtoName second)
    {
        if (Has(first) && Has(second))
        {
            ProtoName earlier = _table[first.Number].Start < _table[second.Number].Start ? first : second;
            _present &= ~(1u << earlier.Number);
        }
    }

    /// <summary>Reads a flag.</summary>
    public bool Boolean(ProtoName field, bool otherwise) =>
        HasWire(field, WireType.Varint) ? _table[field.Number].Value != 0 : otherwise;

    /// <summary>Reads a number.</summary>
    public long Integer(ProtoName field, long min, long max, long otherwise)
    {
        if (!HasWire(field, WireType.Varint))
        {
            return otherwise;
        }

        ulong value = _table[field.Number].Value;
        if (value >= (ulong)min && value <= (ulong)max)
        {
            return (long)value;
        }

        Fail(field, $"must be from {min} to {max}");
        return otherwise;
    }

    /// <summary>Reads a value of an enum, of which all from 0 to the last are there.</summary>
    public int Enum(ProtoName field, int last, string rule)
    {
        if (!HasWire(field, WireType.Varint))
        {
            return 0;
        }

        ulong value = _table[field.Number].Value;
        if (value <= (ulong)last)
        {
            return (int)value;
        }

        Fail(field, rule);
        return 0;
    }

    /// <summary>Reads a name, key, slot, id or token.</summary>
    public ReadOnlySpan<byte> Name(ProtoName field, int maxBytes, bool required = false)
    {
        if (!HasWire(field, WireType.Bytes, required))
        {
            return default;
        }

        ReadOnlySpan<byte> name = _table[field.Number].BytesIn(_body);
        string? problem = CheckName(name, maxBytes);
        if (problem is null)
        {
            return name;
        }

        Fail(field, problem, ErrorCodes.BadName);
        return default;
    }

    /// <summary>Reads a token that proves who somebody is. Rare, so it may allocate.</summary>
    public string? Token(ProtoName field, bool required = false)
    {
        ReadOnlySpan<byte> token = Name(field, EnvelopeLimits.TokenBytes, required);
        return token.IsEmpty ? null : Encoding.UTF8.GetString(token);
    }

    /// <summary>Says what is wrong with a name, or null where nothing is.</summary>
    public static string? CheckName(ReadOnlySpan<byte> name, int maxBytes) =>
        name.Length > maxBytes || Utf8.IsValid(name) ? NameRule.Check(name, maxBytes) : "must be UTF-8";

    /// <summary>Reads a position; null for none.</summary>
    public FeedPosition? Position(ProtoName field) =>
        HasMessage(field, out ReadOnlySpan<byte> message) ? ProtoPosition.Read(ref this, field, message) : null;

    /// <summary>Whether an embedded message is there, which may be empty. Twice is an error.</summary>
    public bool HasMessage(ProtoName field, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!HasWire(field, WireType.Bytes))
        {
            return false;
        }

        if ((_twice & (1u << field.Number)) != 0)
        {
            Fail(field, "is given twice");
        }

        message = _table[field.Number].BytesIn(_body);
        return true;
    }

    /// <summary>Reads bytes as they were sent; empty where they are absent.</summary>
    public ReadOnlySpan<byte> Bytes(ProtoName field, bool required = false) =>
        HasWire(field, WireType.Bytes, required) ? _table[field.Number].BytesIn(_body) : default;

    private bool HasWire(ProtoName field, WireType wire, bool required = false)
    {
        if (!Has(field))
        {
            if (required)
            {
                Fail(field, "is missing");
            }

            return false;
        }

        if (_table[field.Number].Wire == wire)
        {
            return true;
        }

        Fail(field, wire == WireType.Varint ? "must be a varint" : "must be delimited by its length");
        return false;
    }
}
