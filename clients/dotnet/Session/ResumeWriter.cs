using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>Writes the resume token, which of the client's tries this is, and the positions of every feed.</summary>
internal static class ResumeWriter
{
    private static readonly JsonEncodedText User = JsonEncodedText.Encode("user");
    private static readonly JsonEncodedText Connection = JsonEncodedText.Encode("connection");

    public static void Write(Utf8JsonWriter json, SessionCore session, bool withPresence)
    {
        json.WriteString("resume"u8, session.ResumeToken);
        json.WriteNumber("turn"u8, session.NextTurn());
        json.WriteStartObject("positions"u8);
        if (session.Feeds.User.IsKnown)
        {
            CommandWriter.WritePosition(json, User, session.Feeds.User.Position);
        }

        if (session.Feeds.Connection.IsKnown)
        {
            CommandWriter.WritePosition(json, Connection, session.Feeds.Connection.Position);
        }

        json.WriteStartObject("rooms"u8);
        foreach (RoomSession room in session.Rooms.All)
        {
            if (room.Membership != Membership.Out && room.Feed.IsKnown)
            {
                CommandWriter.WritePosition(json, room.EncodedName, room.Feed.Position);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        if (withPresence)
        {
            WritePresence(json, session);
        }
    }

    private static void WritePresence(Utf8JsonWriter json, SessionCore session)
    {
        json.WriteStartObject("presence"u8);
        foreach (RoomSession room in session.Rooms.All)
        {
            if (room.Membership == Membership.In && room.Presence.Version >= 0)
            {
                json.WriteNumber(room.EncodedName, room.Presence.Version);
            }
        }

        json.WriteEndObject();
    }
}
