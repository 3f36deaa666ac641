using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchboard.ClientContract.Harness;

/// <summary>What a client has seen of each feed, kept by the rules of docs/protocol.md, "Keeping positions".</summary>
public sealed class KnownPositions
{
    private readonly Dictionary<string, (string Epoch, long Offset)> _rooms = [];
    private readonly Dictionary<string, (string Epoch, long Offset)> _feeds = [];
    private readonly Dictionary<string, long> _presence = [];

    // Where joins that are not answered yet go on from.
    private readonly Dictionary<string, (string Epoch, long Offset)> _asked = [];

    /// <summary>What a client knows that resumes.</summary>
    /// <param name="positions">The positions of its connect; null for none.</param>
    public static KnownPositions From(JsonObject? positions)
    {
        KnownPositions known = new();
        foreach ((string name, JsonNode? value) in positions ?? [])
        {
            if (name != "rooms")
            {
                known._feeds[name] = FromJson(value!);
                continue;
            }

            foreach ((string room, JsonNode? position) in value!.AsObject())
            {
                known._rooms[room] = FromJson(position!);
            }
        }

        return known;
    }

    /// <summary>Takes a command into account: what a join recovers is behind the position that it gives.</summary>
    public void TakeCommand(JsonNode command)
    {
        if ((string?)command["type"] == "join" && command["position"] is { } position)
        {
            _asked[(string)command["room"]!] = FromJson(position);
        }
    }

    /// <summary>Takes an event into account; false for a message that was seen before.</summary>
    public bool Take(JsonElement what)
    {
        switch (what.Type())
        {
            case "welcome":
                TakeStart(_feeds, "user", what.GetProperty("positions").GetProperty("user"));
                TakeStart(_feeds, "connection", what.GetProperty("positions").GetProperty("connection"));
                TakeRooms(what);
                return true;
            case "joined":
                if (_asked.Remove(what.Text("room"), out (string Epoch, long Offset) asked))
                {
                    _rooms.TryAdd(what.Text("room"), asked);
                }

                TakeStart(_rooms, what.Text("room"), what);
                TakePresence(what.Text("room"), what);
                return true;
            case "left":
                _rooms.Remove(what.Text("room"));
                _presence.Remove(what.Text("room"));
                return true;
            case "presence_change":
                TakeVersion(what.Text("room"), what);
                return true;
            case "lost":
                (Dictionary<string, (string, long)> lossy, string of) = Find(what);
                lossy[of] = (what.Text("epoch"), what.Number("offset"));
                return true;
            case "message" when what.Has("offset"):
                (Dictionary<string, (string Epoch, long Offset)> feeds, string name) = Find(what);
                if (feeds.TryGetValue(name, out (string Epoch, long Offset) known) && what.Number("offset") > known.Offset)
                {
                    feeds[name] = (known.Epoch, what.Number("offset"));
                    return true;
                }

                return false;
            default:
                return true;
        }
    }

    /// <summary>The positions as they stand in a connect.</summary>
    public JsonObject ToJson()
    {
        JsonObject rooms = [];
        foreach ((string room, (string Epoch, long Offset) position) in _rooms)
        {
            rooms[room] = ToJson(position);
        }

        JsonObject all = new() { ["rooms"] = rooms };
        foreach ((string feed, (string Epoch, long Offset) position) in _feeds)
        {
            all[feed] = ToJson(position);
        }

        return all;
    }

    /// <summary>The presence versions as they stand in a poll.</summary>
    public JsonObject PresenceToJson()
    {
        JsonObject versions = [];
        foreach ((string room, long version) in _presence)
        {
            versions[room] = version;
        }

        return versions;
    }

    private static JsonObject ToJson((string Epoch, long Offset) position) =>
        new() { ["epoch"] = position.Epoch, ["offset"] = position.Offset };

    private static (string Epoch, long Offset) FromJson(JsonNode position) =>
        ((string)position["epoch"]!, (long)position["offset"]!);

    private static void TakeStart(Dictionary<string, (string, long)> feeds, string name, JsonElement start)
    {
        bool recovered = start.TryGetProperty("recovered", out JsonElement value) && value.GetBoolean();
        if (!recovered || !feeds.ContainsKey(name))
        {
            feeds[name] = (start.Text("epoch"), start.Number("offset"));
        }
    }

    private void TakeRooms(JsonElement welcome)
    {
        if (welcome.TryGetProperty("rooms", out JsonElement rooms))
        {
            foreach (JsonProperty room in rooms.EnumerateObject())
            {
                TakeStart(_rooms, room.Name, room.Value);
                TakePresence(room.Name, room.Value);
            }
        }
    }

    private void TakePresence(string room, JsonElement start)
    {
        if (start.TryGetProperty("presence", out JsonElement presence))
        {
            _presence[room] = presence.Number("version");
        }
    }

    private void TakeVersion(string room, JsonElement change) =>
        _presence[room] = Math.Max(_presence.GetValueOrDefault(room), change.Number("version"));

    private (Dictionary<string, (string Epoch, long Offset)> Feeds, string Name) Find(JsonElement what) =>
        what.TryGetProperty("room", out JsonElement room) ? (_rooms, room.GetString()!) : (_feeds, what.Text("feed"));
}
