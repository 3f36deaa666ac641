using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Switchboard.Cli.Output;

/// <summary>One JSON object on one line, for programs.</summary>
internal static partial class JsonLine
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes one.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="fields">Writes what is in the object.</param>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>A field that is JSON already, without the line breaks that may be in it.</summary>
    public static void WriteRaw(this Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        json.WritePropertyName(name);
        using JsonDocument parsed = JsonDocument.Parse(Whole(value));
        parsed.WriteTo(json);
    }

    // Half a surrogate pair is JSON that anybody may send, but no text that could be written again.
    private static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> value) => value.Span.IndexOf("\\u"u8) < 0
        ? value
        : Encoding.UTF8.GetBytes(Escapes().Replace(
            Encoding.UTF8.GetString(value.Span), static found => found.Groups["half"].Success ? "\\ufffd" : found.Value));

    // Each escape from left to right, so that what stands behind an escaped backslash is none.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escapes();
}
