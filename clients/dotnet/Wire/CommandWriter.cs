using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>Writes one command into a buffer. Rented, so that a program's own converter may write another meanwhile.</summary>
[SuppressMessage("Design", "CA1001", Justification = "lives as long as its thread, and holds nothing but a buffer of others")]
internal sealed class CommandWriter
{
    [ThreadStatic]
    private static CommandWriter? _ofThread;

    // Names and payloads go out as they are; the server, not a page, reads them.
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private PooledBuffer? _output;
    private bool _isBinary;

    /// <summary>A writer that nobody else has.</summary>
    public static CommandWriter Rent()
    {
        CommandWriter writer = _ofThread ?? new CommandWriter();
        _ofThread = null;
        return writer;
    }

    public void Return() => _ofThread = this;

    /// <summary>Begins a command; what it returns writes the fields.</summary>
    public Utf8JsonWriter Begin(PooledBuffer output, ReadOnlySpan<byte> type, long id, bool isBinary = false)
    {
        _output = output;
        _isBinary = isBinary;
        if (isBinary)
        {
            // The header's length.
            output.Write([0, 0]);
        }

        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WriteNumber("id"u8, id);
        return _json;
    }

    /// <summary>Ends the command, or the header of a binary one.</summary>
    /// <exception cref="ArgumentException">The names are so long that the header is too.</exception>
    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        if (!_isBinary)
        {
            return;
        }

        int header = _output!.Length - 2;
        if (header > ushort.MaxValue)
        {
            throw new ArgumentException("the names of a binary message are too long");
        }

        BinaryPrimitives.WriteUInt16BigEndian(_output.Written(0, 2), (ushort)header);
    }

    /// <summary>Writes a position as the fields of an object.</summary>
    public static void WritePosition(Utf8JsonWriter json, JsonEncodedText name, Position position)
    {
        Span<byte> epoch = stackalloc byte[16];
        Utf8Formatter.TryFormat(position.Life, epoch, out _, new StandardFormat('x', 16));
        json.WriteStartObject(name);
        json.WriteString("epoch"u8, epoch);
        json.WriteNumber("offset"u8, position.Offset);
        json.WriteEndObject();
    }
}
