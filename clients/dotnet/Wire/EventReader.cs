using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>
/// One event, read into fields that are used again for the next. Of those that come often nothing is allocated; the
/// others (<see cref="IsDocument"/>) are for <see cref="JsonDocument"/>.
/// </summary>
internal sealed class EventReader
{
    private readonly NameBuffer _room = new();
    private readonly NameBuffer _user = new();
    private readonly NameBuffer _connection = new();
    private readonly NameBuffer _slot = new();

    public EventType Type { get; private set; }

    /// <summary>Of the command that it answers; 0 for none.</summary>
    public long Id { get; private set; }

    public ulong Epoch { get; private set; }

    /// <summary>-1 where there is none.</summary>
    public long Offset { get; private set; }

    public long Time { get; private set; }

    public Delivery Delivery { get; private set; }

    /// <summary>The word of an error.</summary>
    public string? Code { get; private set; }

    /// <summary>An error's text, or the reason of something else.</summary>
    public string? Text { get; private set; }

    public bool Retry { get; private set; }

    /// <summary>Milliseconds; -1 where there are none.</summary>
    public long RetryAfter { get; private set; }

    /// <summary>Whether the feed is the connection's own, not the user's. Only where there is no room.</summary>
    public bool IsConnectionFeed { get; private set; }

    public ReadOnlySpan<char> Room => _room.Span;

    public ReadOnlySpan<char> FromUser => _user.Span;

    public ReadOnlySpan<char> FromConnection => _connection.Span;

    public ReadOnlySpan<char> Slot => _slot.Span;

    /// <summary>Where the payload is in what was read.</summary>
    public Range Data { get; private set; }

    /// <summary>The payload, where it stands in the event as base64; null where it does not.</summary>
    public byte[]? Base64 { get; private set; }

    public bool IsDocument => Type >= EventType.Welcome;

    public Position Position => Offset < 0 ? default : new Position(Epoch, Offset);

    /// <summary>Takes a binary message apart: the header is an event without its payload.</summary>
    /// <exception cref="JsonException">The length of the header does not fit.</exception>
    public static (ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Payload) Split(ReadOnlyMemory<byte> message)
    {
        if (message.Length < 2 || message.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(message.Span))
        {
            throw new JsonException("the header of a binary message is longer than the message");
        }

        int header = BinaryPrimitives.ReadUInt16BigEndian(message.Span);
        return (message.Slice(2, header), message[(2 + header)..]);
    }

    /// <exception cref="JsonException">It is not an event of the protocol.</exception>
    public void Read(ReadOnlySpan<byte> json)
    {
        Reset();
        Utf8JsonReader reader = new(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an event is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader);
        }
    }

    private void Reset()
    {
        Type = EventType.Unknown;
        Id = Time = 0;
        Epoch = 0;
        Offset = RetryAfter = -1;
        Delivery = Delivery.Reliable;
        Code = Text = null;
        Base64 = null;
        Retry = IsConnectionFeed = false;
        Data = default;
        _room.Clear();
        _user.Clear();
        _connection.Clear();
        _slot.Clear();
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        // The document reads the rest; an answer needs its id.
        bool isId = reader.ValueTextEquals("id"u8);
        if (isId)
        {
            reader.Read();
            Id = reader.GetInt64();
        }
        else if (IsDocument)
        {
            reader.Skip();
        }
        else if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            Type = ReadType(reader);
        }
        else if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            Data = start..(int)reader.BytesConsumed;
        }
        else if (!ReadName(ref reader) && !ReadPlace(ref reader) && !ReadError(ref reader))
        {
            reader.Skip();
        }
    }

    private bool ReadName(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("room"u8))
        {
            _room.Take(ref reader);
        }
        else if (reader.ValueTextEquals("slot"u8))
        {
            _slot.Take(ref reader);
        }
        else if (reader.ValueTextEquals("from"u8))
        {
            ReadSender(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadPlace(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("offset"u8))
        {
            reader.Read();
            Offset = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("epoch"u8))
        {
            reader.Read();
            Epoch = ReadEpoch(reader.ValueSpan);
        }
        else if (reader.ValueTextEquals("time"u8))
        {
            reader.Read();
            Time = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("class"u8))
        {
            reader.Read();
            Delivery = reader.ValueTextEquals("latest"u8) ? Delivery.Latest : Delivery.Volatile;
        }
        else if (reader.ValueTextEquals("base64"u8))
        {
            reader.Read();
            Base64 = reader.GetBytesFromBase64();
        }
        else if (reader.ValueTextEquals("feed"u8))
        {
            reader.Read();
            IsConnectionFeed = reader.ValueTextEquals("connection"u8);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadError(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("code"u8))
        {
            reader.Read();
            Code = reader.GetString();
        }
        else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("reason"u8))
        {
            reader.Read();
            Text = reader.GetString();
        }
        else if (reader.ValueTextEquals("retry"u8))
        {
            reader.Read();
            Retry = reader.GetBoolean();
        }
        else if (reader.ValueTextEquals("retryAfter"u8))
        {
            reader.Read();
            RetryAfter = reader.GetInt64();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadSender(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("user"u8))
            {
                _user.Take(ref reader);
            }
            else if (reader.ValueTextEquals("connection"u8))
            {
                _connection.Take(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    internal static ulong ReadEpoch(ReadOnlySpan<byte> hex) =>
        hex.Length == 16 && Utf8Parser.TryParse(hex, out ulong epoch, out int consumed, 'x') && consumed == 16
            ? epoch
            : throw new JsonException("an epoch is not 16 hexadecimal digits");

    private static EventType ReadType(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("message"u8) ? EventType.Message
        : reader.ValueTextEquals("published"u8) ? EventType.Published
        : reader.ValueTextEquals("sent"u8) ? EventType.Sent
        : reader.ValueTextEquals("ok"u8) ? EventType.Ok
        : reader.ValueTextEquals("pong"u8) ? EventType.Pong
        : reader.ValueTextEquals("error"u8) ? EventType.Error
        : reader.ValueTextEquals("left"u8) ? EventType.Left
        : reader.ValueTextEquals("lost"u8) ? EventType.Lost
        : reader.ValueTextEquals("expiring"u8) ? EventType.Expiring
        : reader.ValueTextEquals("welcome"u8) ? EventType.Welcome
        : reader.ValueTextEquals("joined"u8) ? EventType.Joined
        : reader.ValueTextEquals("history"u8) ? EventType.History
        : reader.ValueTextEquals("presence"u8) ? EventType.Presence
        : reader.ValueTextEquals("presence_change"u8) ? EventType.PresenceChange
        : EventType.Unknown;
}
