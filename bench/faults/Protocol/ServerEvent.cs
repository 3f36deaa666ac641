using System.Globalization;
using System.Text.Json;
using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Protocol;

/// <summary>The fields of an event that a run looks at, read without allocating: there are thousands a second. What is
/// rare, such as <c>welcome</c>, is read by <see cref="Whole"/>.</summary>
internal struct ServerEvent
{
    public EventType Type;

    /// <summary>0 where the event answers no command.</summary>
    public long Id;

    /// <summary>The number in the room's name, -1 where there is none.</summary>
    public int Room;

    public ulong Epoch;

    public long Offset;

    public bool Duplicate;

    /// <summary>Whether the payload is one of ours; its fields follow.</summary>
    public bool HasData;

    /// <summary>The room to which it was published.</summary>
    public int DataRoom;

    /// <summary>The message's number in its room.</summary>
    public long Number;

    /// <summary>When it was due to be published, in Stopwatch ticks of this process.</summary>
    public long DueAt;

    public readonly Position Position => new(Epoch, Offset);

    /// <summary>Reads one message of the server. Throws <see cref="JsonException"/> when it is no event.</summary>
    public static ServerEvent Read(ReadOnlySpan<byte> message)
    {
        var read = new ServerEvent { Room = -1 };
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            read.ReadField(ref reader);
        }

        return read;
    }

    /// <summary>The message as a document, for the events that are rare.</summary>
    public static JsonDocument Whole(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>The position in an object with <c>epoch</c> and <c>offset</c>.</summary>
    public static Position PositionOf(JsonElement start) =>
        new(
            ulong.Parse(
                start.GetProperty("epoch").GetString()!,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture),
            start.GetProperty("offset").GetInt64());

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            Type = TypeOf(ref reader);
        }
        else if (reader.ValueTextEquals("room"u8))
        {
            reader.Read();
            Room = RoomNames.NumberOf(reader.ValueSpan);
        }
        else if (reader.ValueTextEquals("offset"u8))
        {
            reader.Read();
            Offset = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            ReadData(ref reader);
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            Id = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("epoch"u8))
        {
            reader.Read();
            Epoch = ulong.Parse(reader.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
        else if (reader.ValueTextEquals("duplicate"u8))
        {
            reader.Read();
            Duplicate = reader.TokenType == JsonTokenType.True;
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        HasData = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("number"u8))
            {
                reader.Read();
                Number = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("room"u8))
            {
                reader.Read();
                DataRoom = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                DueAt = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static EventType TypeOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("message"u8) ? EventType.Message
        : reader.ValueTextEquals("published"u8) ? EventType.Published
        : reader.ValueTextEquals("presence_change"u8) ? EventType.PresenceChange
        : reader.ValueTextEquals("error"u8) ? EventType.Error
        : reader.ValueTextEquals("welcome"u8) ? EventType.Welcome
        : reader.ValueTextEquals("joined"u8) ? EventType.Joined
        : reader.ValueTextEquals("lost"u8) ? EventType.Lost
        : reader.ValueTextEquals("left"u8) ? EventType.Left
        : reader.ValueTextEquals("presence"u8) ? EventType.Presence
        : EventType.Other;
}
