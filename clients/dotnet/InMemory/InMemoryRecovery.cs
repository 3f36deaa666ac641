using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.InMemory;

/// <summary>Says where feeds begin for a client, and then gives it what it has missed of them.</summary>
internal sealed class InMemoryRecovery(InMemoryConnection connection)
{
    private readonly List<(byte[] Message, bool IsBinary)> _missed = [];

    /// <summary>A position that a client has sent; none where it has not.</summary>
    public static Position Seen(JsonElement where, string name) =>
        where.ValueKind == JsonValueKind.Object && where.TryGetProperty(name, out JsonElement position)
            ? position.ReadPosition()
            : default;

    public void WriteStart(
        Utf8JsonWriter json, string name, InMemoryFeed feed, Position seen, bool isRoom, InMemoryRoom? room = null)
    {
        json.WriteStartObject(name);
        WriteFields(json, name, feed, seen, isRoom, room);
        json.WriteEndObject();
    }

    public void WriteFields(
        Utf8JsonWriter json, string name, InMemoryFeed feed, Position seen, bool isRoom, InMemoryRoom? room)
    {
        string? reason = null;
        foreach (InMemoryEntry entry in seen.IsNone ? [] : feed.Since(seen, out reason) ?? [])
        {
            _missed.Add((InMemoryEvents.Message(name, isRoom, entry), entry.IsBinary));
        }

        InMemoryEvents.WriteStart(json, feed.Position, seen, reason);
        if (room?.IsWatchedBy(connection) == true)
        {
            json.WriteStartObject("presence"u8);
            InMemoryEvents.WritePresence(json, room);
            json.WriteEndObject();
        }
    }

    public void Give() => _missed.ForEach(missed => connection.Link?.Give(missed.Message, missed.IsBinary));
}
