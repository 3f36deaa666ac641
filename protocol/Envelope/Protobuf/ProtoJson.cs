using System.Text.Unicode;
using Switchboard.Protocol.Envelope.Json;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Checks the JSON (RFC 8259) that stands in fields of bytes: JSON clients get it as it is.</summary>
internal static class ProtoJson
{
    /// <summary>Reads one JSON value of any type, without the white space around it.</summary>
    public static ReadOnlySpan<byte> Value(scoped ref ProtoFields fields, ProtoName field) =>
        Read(ref fields, field, fields.Bytes(field), out _);

    /// <summary>Reads a presence state: one JSON object, or nothing for none.</summary>
    public static ReadOnlySpan<byte> State(scoped ref ProtoFields fields, ProtoName field, bool required)
    {
        ReadOnlySpan<byte> text = fields.Bytes(field, required);
        if (text.IsEmpty)
        {
            return default;
        }

        ReadOnlySpan<byte> state = Read(ref fields, field, text, out JsonKind kind);
        if (kind != JsonKind.Object)
        {
            fields.Fail(field, "must be a JSON object, or empty for none");
        }

        return state;
    }

    private static ReadOnlySpan<byte> Read(
        scoped ref ProtoFields fields, ProtoName field, ReadOnlySpan<byte> text, out JsonKind kind)
    {
        var scanner = new JsonScanner(text);
        scanner.SkipWhiteSpace();
        bool read = scanner.TryRead(EnvelopeLimits.DataDepth, out JsonToken value);
        if (read)
        {
            scanner.SkipWhiteSpace();
        }

        kind = value.Kind;
        if (!Utf8.IsValid(text))
        {
            fields.Fail(field, "is not UTF-8", ErrorCodes.BadJson);
        }
        else if (scanner.Fault == JsonFault.Depth)
        {
            fields.Fail(field, $"must not nest deeper than {EnvelopeLimits.DataDepth} levels");
        }
        else if (!read || scanner.At != text.Length)
        {
            fields.Fail(field, $"is not one JSON value: fault at byte {scanner.At}", ErrorCodes.BadJson);
        }

        return value.RawIn(text);
    }
}
