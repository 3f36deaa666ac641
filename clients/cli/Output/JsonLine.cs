using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Switchboard.Cli.Output;

/// <summary>One JSON object on one line, for programs.</summary>
internal static class JsonLine
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
        using JsonDocument parsed = JsonDocument.Parse(value);
        parsed.WriteTo(json);
    }
}
