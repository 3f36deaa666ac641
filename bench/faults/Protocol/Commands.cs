using System.Globalization;
using System.Text;
using System.Text.Json;
using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Protocol;

/// <summary>The commands of switchboard.v1.json that a run sends, as UTF-8. Names may need escapes.</summary>
internal static class Commands
{
    public const string Subprotocol = "switchboard.v1.json";

    public static byte[] Connect(long id) => Bytes($$"""{"type":"connect","id":{{id}}}""");

    /// <summary><paramref name="position"/> is null where the room had not been joined yet.</summary>
    public static byte[] Resume(long id, string token, string room, Position? position)
    {
        var rooms = position is { } at ? $"{Text(room)}:{Text(at)}" : "";
        return Bytes(
            $$"""{"type":"connect","id":{{id}},"resume":{{Text(token)}},"positions":{"rooms":{ {{rooms}} } } }""");
    }

    public static byte[] Join(long id, string room, Position? position) =>
        position is { } at
            ? Bytes($$"""{"type":"join","id":{{id}},"room":{{Text(room)}},"position":{{Text(at)}}}""")
            : Bytes($$"""{"type":"join","id":{{id}},"room":{{Text(room)}}}""");

    public static byte[] Watch(long id, string room) =>
        Bytes($$"""{"type":"join","id":{{id}},"room":{{Text(room)}},"presence":true}""");

    public static byte[] Presence(long id, string room) =>
        Bytes($$"""{"type":"presence","id":{{id}},"room":{{Text(room)}}}""");

    /// <summary>Publishes message <paramref name="number"/> of a room, which was due at <paramref name="dueAt"/>. The
    /// key is the same each time it is sent.</summary>
    public static byte[] Publish(long id, RoomNames rooms, int room, long number, long dueAt)
    {
        var data = $$"""{"room":{{room}},"number":{{number}},"at":{{dueAt}} }""";
        return Bytes(
            $$"""
            {"type":"publish","id":{{id}},"room":{{Text(rooms[room])}},"data":{{data}},"key":"{{rooms.Run}}-{{number}}"}
            """);
    }

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Text(Position position) =>
        $$"""{"epoch":"{{position.Epoch:x16}}","offset":{{position.Offset}}}""";

    private static byte[] Bytes(FormattableString command) =>
        Encoding.UTF8.GetBytes(command.ToString(CultureInfo.InvariantCulture));
}
