using System.Text.Json;
using Switchboard.Client.Session;

namespace Switchboard.Client.Wire;

/// <summary>Writes the commands that are not messages.</summary>
internal static class RoomCommands
{
    private static readonly JsonEncodedText PositionName = JsonEncodedText.Encode("position");
    private static readonly JsonEncodedText After = JsonEncodedText.Encode("after");
    private static readonly JsonEncodedText Before = JsonEncodedText.Encode("before");

    public static void WriteStep(Pending step, RoomSession room, RoomStep which)
    {
        CommandWriter writer = CommandWriter.Rent();
        ReadOnlySpan<byte> type = which switch
        {
            RoomStep.Join => "join"u8,
            RoomStep.Leave => "leave"u8,
            _ => "state"u8,
        };
        Utf8JsonWriter json = writer.Begin(step.Body, type, step.Id);
        json.WriteString("room"u8, room.EncodedName);
        if (which == RoomStep.Join)
        {
            WriteJoin(json, room);
        }
        else if (which == RoomStep.SetState)
        {
            WriteState(json, room.State);
        }

        writer.End();
        writer.Return();
    }

    public static void WriteHistory(Pending query, RoomSession? room, string? feed, HistoryOptions options)
    {
        CommandWriter writer = CommandWriter.Rent();
        Utf8JsonWriter json = writer.Begin(query.Body, "history"u8, query.Id);
        WriteFeed(json, room, feed);
        if (options.NewestFirst)
        {
            json.WriteString("order"u8, "newest"u8);
        }

        if (!options.After.IsNone)
        {
            CommandWriter.WritePosition(json, After, options.After);
        }

        if (!options.Before.IsNone)
        {
            CommandWriter.WritePosition(json, Before, options.Before);
        }

        json.WriteNumber("limit"u8, options.Limit);
        writer.End();
        writer.Return();
    }

    public static void WritePresence(Pending query, RoomSession room)
    {
        CommandWriter writer = CommandWriter.Rent();
        writer.Begin(query.Body, "presence"u8, query.Id).WriteString("room"u8, room.EncodedName);
        writer.End();
        writer.Return();
    }

    public static void WriteRefresh(Pending query, string token, RoomSession? room)
    {
        CommandWriter writer = CommandWriter.Rent();
        Utf8JsonWriter json = writer.Begin(query.Body, "refresh"u8, query.Id);
        json.WriteString("token"u8, token);
        WriteFeed(json, room, null);
        writer.End();
        writer.Return();
    }

    /// <exception cref="JsonException">It is something, but not JSON.</exception>
    public static void ThrowIfNotJson(ReadOnlyMemory<byte> state)
    {
        Utf8JsonReader reader = new(state.Span);
        while (!state.IsEmpty && reader.Read())
        {
        }
    }

    private static void WriteFeed(Utf8JsonWriter json, RoomSession? room, string? feed)
    {
        if (room is not null)
        {
            json.WriteString("room"u8, room.EncodedName);
        }
        else if (feed is not null)
        {
            json.WriteString("feed"u8, feed);
        }
    }

    private static void WriteJoin(Utf8JsonWriter json, RoomSession room)
    {
        if (room.HasPosition)
        {
            CommandWriter.WritePosition(json, PositionName, room.Feed.Position);
        }

        if (room.Options.Presence)
        {
            json.WriteBoolean("presence"u8, true);
        }

        if (!room.State.IsEmpty)
        {
            WriteState(json, room.State);
        }

        if (room.Token is { } token)
        {
            json.WriteString("token"u8, token);
        }
    }

    private static void WriteState(Utf8JsonWriter json, ReadOnlyMemory<byte> state)
    {
        json.WritePropertyName("state"u8);
        if (state.IsEmpty)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(state.Span);
        }
    }
}
