using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Switchboard.Client.InMemory;

/// <summary>Writes the events of a server in memory.</summary>
internal static class InMemoryEvents
{
    /// <summary>An event; without an id where that is 0.</summary>
    public static byte[] Write(string type, long id, Action<Utf8JsonWriter>? fields = null)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter json = new(bytes);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        if (id != 0)
        {
            json.WriteNumber("id"u8, id);
        }

        fields?.Invoke(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] Error(long id, string code, string text) => Write("error", id, json =>
    {
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, text);
    });

    /// <summary>A message, binary where its payload is.</summary>
    /// <param name="feed">The name of a room, or of one of the client's own feeds.</param>
    /// <param name="isRoom">Which of the two.</param>
    /// <param name="entry">The message.</param>
    public static byte[] Message(string feed, bool isRoom, InMemoryEntry entry)
    {
        byte[] json = Write("message", 0, json =>
        {
            json.WriteString(isRoom ? "room"u8 : "feed"u8, feed);
            WriteEntry(json, entry);
            if (!entry.IsBinary)
            {
                json.WritePropertyName("data"u8);
                json.WriteRawValue(entry.Data);
            }
        });
        if (!entry.IsBinary)
        {
            return json;
        }

        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)json.Length);
        return [.. length, .. json, .. entry.Data];
    }

    public static byte[] History(long id, string feed, bool isRoom, Position newest, IReadOnlyList<InMemoryEntry> page, bool more) =>
        Write("history", id, json =>
        {
            json.WriteString(isRoom ? "room"u8 : "feed"u8, feed);
            WritePosition(json, newest);
            json.WriteStartArray("messages"u8);
            foreach (InMemoryEntry entry in page)
            {
                json.WriteStartObject();
                WriteEntry(json, entry);
                if (entry.IsBinary)
                {
                    json.WriteBase64String("base64"u8, entry.Data);
                }
                else
                {
                    json.WritePropertyName("data"u8);
                    json.WriteRawValue(entry.Data);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("more"u8, more);
        });

    public static void WritePosition(Utf8JsonWriter json, Position position)
    {
        json.WriteString("epoch"u8, position.Epoch);
        json.WriteNumber("offset"u8, position.Offset);
    }

    /// <summary>A start, as of a feed from which a client has seen something, or nothing.</summary>
    public static void WriteStart(Utf8JsonWriter json, Position start, Position seen, string? reason)
    {
        WritePosition(json, start);
        if (!seen.IsNone)
        {
            json.WriteBoolean("recovered"u8, reason is null);
            if (reason is not null)
            {
                json.WriteString("reason"u8, reason);
            }
        }
    }

    public static void WritePresence(Utf8JsonWriter json, InMemoryRoom room)
    {
        json.WriteString("mode"u8, "full"u8);
        json.WriteNumber("version"u8, room.Version);
        json.WriteNumber("count"u8, room.Members.Count);
        json.WriteStartArray("members"u8);
        foreach ((InMemoryConnection member, byte[]? state) in room.Members)
        {
            WriteMember(json, member, state);
        }

        json.WriteEndArray();
    }

    public static void WriteMember(Utf8JsonWriter json, InMemoryConnection member, byte[]? state)
    {
        json.WriteStartObject();
        json.WriteString("user"u8, member.User);
        json.WriteString("connection"u8, member.Id);
        if (state is not null)
        {
            json.WritePropertyName("state"u8);
            json.WriteRawValue(state);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, InMemoryEntry entry)
    {
        if (entry.Offset > 0)
        {
            json.WriteNumber("offset"u8, entry.Offset);
        }

        json.WriteStartObject("from"u8);
        json.WriteString("user"u8, entry.From.User);
        json.WriteString("connection"u8, entry.From.Id);
        json.WriteEndObject();
        json.WriteNumber("time"u8, entry.Time);
        if (entry.Class is not null)
        {
            json.WriteString("class"u8, entry.Class);
        }

        if (entry.Slot is not null)
        {
            json.WriteString("slot"u8, entry.Slot);
        }
    }
}
