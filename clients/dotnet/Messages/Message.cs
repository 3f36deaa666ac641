using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchboard.Client;

/// <summary>A message that was received, or stands in a history.</summary>
public abstract class Message
{
    private protected Message()
    {
    }

    /// <summary>Who sent it; null for the server.</summary>
    public MessageSender? From { get; internal set; }

    /// <summary>Its place in its feed; none for a <see cref="Delivery.Volatile"/> message.</summary>
    public Position Position { get; internal set; }

    /// <summary>When the server accepted it, by the server's clock.</summary>
    public DateTimeOffset Time { get; internal set; }

    /// <summary>How it is delivered.</summary>
    public Delivery Delivery { get; internal set; }

    /// <summary>What it replaces the messages of; only with <see cref="Delivery.Latest"/>.</summary>
    public string? Slot { get; internal set; }

    /// <summary>The payload: one JSON value in UTF-8, or opaque bytes where <see cref="IsBinary"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; internal set; }

    /// <summary>Whether the payload is opaque bytes, not JSON.</summary>
    public bool IsBinary { get; internal set; }

    /// <summary>The payload as a value.</summary>
    /// <param name="type">What source-generated JSON knows of the type, such as <c>MyContext.Default.MyType</c>.</param>
    /// <exception cref="JsonException">The payload is not such a value.</exception>
    /// <exception cref="InvalidOperationException">The payload is binary.</exception>
    public T? Read<T>(JsonTypeInfo<T> type) => IsBinary
        ? throw new InvalidOperationException("the payload is opaque bytes: take Data")
        : JsonSerializer.Deserialize(Data.Span, type);

    /// <summary>
    /// The payload as text: the content of a JSON string, else the JSON itself; that too where the string holds half a
    /// surrogate pair, which is JSON but no text.
    /// </summary>
    /// <exception cref="InvalidOperationException">The payload is binary.</exception>
    public string ReadText()
    {
        if (IsBinary)
        {
            throw new InvalidOperationException("the payload is opaque bytes: take Data");
        }

        Utf8JsonReader reader = new(Data.Span);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which anybody may send.
        }

        return Encoding.UTF8.GetString(Data.Span);
    }
}
