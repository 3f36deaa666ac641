using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.InMemory;

/// <summary>Rooms and users of a server in memory, and the commands for them. Under the server's lock.</summary>
internal sealed class InMemoryRooms(TimeProvider time, Dictionary<string, InMemoryConnection> connections)
{
    private readonly Dictionary<string, InMemoryRoom> _rooms = [];
    private readonly Dictionary<string, InMemoryFeed> _users = [];

    public InMemoryRoom Get(string name) => _rooms.TryGetValue(name, out InMemoryRoom? room) ? room : _rooms[name] = new InMemoryRoom(name);

    /// <summary>Welcomes a connection, and gives it what it has missed.</summary>
    public void Welcome(InMemoryConnection connection, long id, bool resumed, JsonElement command)
    {
        command.TryGetProperty("positions", out JsonElement positions);
        InMemoryRecovery recovery = new(connection);
        byte[] welcome = InMemoryEvents.Write("welcome", id, json =>
        {
            json.WriteString("connection"u8, connection.Id);
            json.WriteString("user"u8, connection.User);
            json.WriteString("resume"u8, connection.ResumeToken);
            json.WriteBoolean("resumed"u8, resumed);
            json.WriteStartObject("positions"u8);
            recovery.WriteStart(json, "user", UserFeed(connection.User), InMemoryRecovery.Seen(positions, "user"), isRoom: false);
            recovery.WriteStart(json, "connection", connection.Feed, InMemoryRecovery.Seen(positions, "connection"), isRoom: false);
            json.WriteEndObject();
            if (resumed)
            {
                WriteRooms(json, connection, positions, recovery);
            }
        });
        connection.Link!.Give(welcome);
        recovery.Give();
    }

    public void Handle(InMemoryConnection connection, JsonElement command, byte[]? payload)
    {
        long id = command.Number("id");
        string type = command.Text("type") ?? string.Empty;
        InMemoryRoom? room = command.Text("room") is { } name ? Get(name) : null;
        if (room is not null && type != "join" && !room.Has(connection))
        {
            Refuse(connection, id, ErrorCodes.NotJoined, "not a member of the room");
            return;
        }

        switch (type)
        {
            case "join":
                Join(connection, room!, id, command);
                break;
            case "leave":
                Leave(connection, room!, id, null);
                break;
            case "publish":
                Publish(connection, id, command, payload, room!.Feed, room);
                break;
            case "send":
                Send(connection, id, command, payload);
                break;
            case "history":
                History(connection, id, command, room);
                break;
            case "presence":
                connection.Link?.Give(InMemoryEvents.Write("presence", id, json =>
                {
                    json.WriteString("room"u8, room!.Name);
                    InMemoryEvents.WritePresence(json, room);
                }));
                break;
            case "state":
                room!.SetState(connection, State(command));
                connection.Link?.Give(InMemoryEvents.Write("ok", id));
                TellPresence(room, connection, "updated");
                break;
            default:
                connection.Link?.Give(InMemoryEvents.Write(type == "ping" ? "pong" : "ok", id));
                break;
        }
    }

    public void RemoveEverywhere(InMemoryConnection connection)
    {
        foreach (InMemoryRoom room in _rooms.Values)
        {
            if (room.Remove(connection))
            {
                TellPresence(room, connection, "left");
            }
        }
    }

    public void Remove(string user, string room)
    {
        InMemoryRoom left = Get(room);
        foreach (InMemoryConnection member in left.Members.Keys.Where(one => one.User == user).ToArray())
        {
            Leave(member, left, 0, "removed");
        }
    }

    private static byte[]? State(JsonElement command) =>
        command.TryGetProperty("state", out JsonElement state) && state.ValueKind == JsonValueKind.Object ? state.Raw() : null;

    private static void Refuse(InMemoryConnection connection, long id, string code, string text) =>
        connection.Link?.Give(InMemoryEvents.Error(id, code, text));

    private InMemoryFeed UserFeed(string user) =>
        _users.TryGetValue(user, out InMemoryFeed? feed) ? feed : _users[user] = new InMemoryFeed();

    private void WriteRooms(Utf8JsonWriter json, InMemoryConnection connection, JsonElement positions, InMemoryRecovery recovery)
    {
        positions.TryGetProperty("rooms", out JsonElement seen);
        json.WriteStartObject("rooms"u8);
        foreach (InMemoryRoom room in _rooms.Values.Where(room => room.Has(connection)))
        {
            recovery.WriteStart(json, room.Name, room.Feed, InMemoryRecovery.Seen(seen, room.Name), isRoom: true, room);
        }

        json.WriteEndObject();
    }

    private static void Join(InMemoryConnection connection, InMemoryRoom room, long id, JsonElement command)
    {
        if (room.Has(connection))
        {
            Refuse(connection, id, ErrorCodes.AlreadyJoined, "a member already");
            return;
        }

        room.Add(connection, State(command), command.Flag("presence") == true);
        InMemoryRecovery recovery = new(connection);
        connection.Link?.Give(InMemoryEvents.Write("joined", id, json =>
        {
            json.WriteString("room"u8, room.Name);
            recovery.WriteFields(json, room.Name, room.Feed, InMemoryRecovery.Seen(command, "position"), isRoom: true, room);
        }));
        recovery.Give();
        TellPresence(room, connection, "joined");
    }

    private static void Leave(InMemoryConnection connection, InMemoryRoom room, long id, string? reason)
    {
        room.Remove(connection);
        connection.Link?.Give(InMemoryEvents.Write("left", id, json =>
        {
            json.WriteString("room"u8, room.Name);
            if (reason is not null)
            {
                json.WriteString("reason"u8, reason);
            }
        }));
        TellPresence(room, connection, "left");
    }

    private void Send(InMemoryConnection connection, long id, JsonElement command, byte[]? payload)
    {
        if (command.Text("user") is { } user)
        {
            Publish(connection, id, command, payload, UserFeed(user), null, connections.Values.Where(one => one.User == user), "user");
        }
        else if (connections.TryGetValue(command.Text("connection") ?? string.Empty, out InMemoryConnection? receiver))
        {
            Publish(connection, id, command, payload, receiver.Feed, null, [receiver], "connection");
        }
        else
        {
            Refuse(connection, id, ErrorCodes.NoSuchConnection, "there is no such connection");
        }
    }

    private void Publish(
        InMemoryConnection connection,
        long id,
        JsonElement command,
        byte[]? payload,
        InMemoryFeed feed,
        InMemoryRoom? room,
        IEnumerable<InMemoryConnection>? receivers = null,
        string own = "user")
    {
        string? key = command.Text("key");
        long known = feed.Find(connection.User, key);
        if (known == 0)
        {
            InMemoryEntry entry = Enter(connection, command, payload, feed, key);
            known = entry.Offset;
            bool echo = command.Flag("echo") != false;
            byte[] message = InMemoryEvents.Message(room?.Name ?? own, room is not null, entry);
            foreach (InMemoryConnection receiver in receivers ?? room!.Members.Keys)
            {
                if (echo || receiver != connection)
                {
                    receiver.Link?.Give(message, entry.IsBinary);
                }
            }
        }

        connection.Link?.Give(InMemoryEvents.Write(room is null ? "sent" : "published", id, json =>
        {
            if (room is not null)
            {
                json.WriteString("room"u8, room.Name);
            }

            if (known > 0)
            {
                InMemoryEvents.WritePosition(json, new Position(feed.Epoch, known));
            }
        }));
    }

    private InMemoryEntry Enter(
        InMemoryConnection connection, JsonElement command, byte[]? payload, InMemoryFeed feed, string? key)
    {
        byte[] data = payload ?? command.GetProperty("data").Raw();
        string? which = command.Text("class");
        string? slot = command.Text("slot");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        InMemoryEntry Create(long offset) => new(offset, connection, now, which, slot, data, payload is not null);
        return which == "volatile" ? Create(0) : feed.Add(Create, connection.User, key);
    }

    private void History(InMemoryConnection connection, long id, JsonElement command, InMemoryRoom? room)
    {
        InMemoryFeed feed = room?.Feed ?? (command.Text("feed") == "connection" ? connection.Feed : UserFeed(connection.User));
        Position after = InMemoryRecovery.Seen(command, "after");
        Position before = InMemoryRecovery.Seen(command, "before");
        bool newest = !before.IsNone || command.Text("order") == "newest";
        if ((!after.IsNone && feed.Since(after, out _) is null) || (!before.IsNone && before.Life != feed.Epoch))
        {
            Refuse(connection, id, ErrorCodes.PositionUnknown, "the position is not in the history");
            return;
        }

        IEnumerable<InMemoryEntry> entries = feed.Entries
            .Where(entry => entry.Offset > after.Offset && (before.IsNone || entry.Offset < before.Offset));
        InMemoryEntry[] all = [.. newest ? entries.Reverse() : entries];
        int limit = (int)command.Number("limit", 50);
        connection.Link?.Give(InMemoryEvents.History(
            id, room?.Name ?? command.Text("feed")!, room is not null, feed.Position, [.. all.Take(limit)], all.Length > limit));
    }

    private static void TellPresence(InMemoryRoom room, InMemoryConnection changed, string how)
    {
        byte[] change = InMemoryEvents.Write("presence_change", 0, json =>
        {
            json.WriteString("room"u8, room.Name);
            json.WriteNumber("after"u8, room.Version - 1);
            json.WriteNumber("version"u8, room.Version);
            json.WriteNumber("count"u8, room.Members.Count);
            json.WriteStartArray(how);
            if (how == "left")
            {
                json.WriteStringValue(changed.Id);
            }
            else
            {
                InMemoryEvents.WriteMember(json, changed, room.Members[changed]);
            }

            json.WriteEndArray();
        });
        foreach (InMemoryConnection watcher in room.Watchers)
        {
            watcher.Link?.Give(change);
        }
    }
}
