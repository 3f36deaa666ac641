using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

/// <summary>An event of the generated classes as the JSON protocol has it.</summary>
internal static class EventDocument
{
    /// <summary>The event's text form, or the header of its binary form, of which the payload comes too.</summary>
    public static (JsonElement Json, byte[]? Payload) FromMessage(V1.ServerMessage message)
    {
        string type = JsonNamingPolicy.SnakeCaseLower.ConvertName(message.EventCase.ToString());
        var json = new JsonObject { ["type"] = type };
        if (message.Id != 0)
        {
            json["id"] = message.Id;
        }

        byte[]? payload = null;
        switch (message.EventCase)
        {
            case V1.ServerMessage.EventOneofCase.Welcome:
                Welcome(json, message.Welcome);
                break;
            case V1.ServerMessage.EventOneofCase.Joined:
                Room(json, message.Joined.Start, message.Joined.Presence);
                json["room"] = message.Joined.Room;
                break;
            case V1.ServerMessage.EventOneofCase.Left:
                json["room"] = message.Left.Room;
                SetIf(message.Left.HasReason, json, "reason", message.Left.Reason);
                break;
            case V1.ServerMessage.EventOneofCase.Published:
                json["room"] = message.Published.Room;
                Accepted(json, message.Published.Position, message.Published.Duplicate);
                break;
            case V1.ServerMessage.EventOneofCase.Sent:
                Accepted(json, message.Sent.Position, message.Sent.Duplicate);
                break;
            case V1.ServerMessage.EventOneofCase.History:
                History(json, message.History);
                break;
            case V1.ServerMessage.EventOneofCase.Presence:
                json["room"] = message.Presence.Room;
                Presence(json, message.Presence.Presence);
                break;
            case V1.ServerMessage.EventOneofCase.Pong:
                json["time"] = message.Pong.Time;
                break;
            case V1.ServerMessage.EventOneofCase.Message:
                V1.MessageEvent live = message.Message;
                Feed(json, live.FeedCase == V1.MessageEvent.FeedOneofCase.Room, live.Room, live.OwnFeed);
                payload = Message(json, live);
                break;
            case V1.ServerMessage.EventOneofCase.PresenceChange:
                Change(json, message.PresenceChange);
                break;
            case V1.ServerMessage.EventOneofCase.Lost:
                V1.LostEvent lost = message.Lost;
                Feed(json, lost.FeedCase == V1.LostEvent.FeedOneofCase.Room, lost.Room, lost.OwnFeed);
                Position(json, lost.Position);
                break;
            case V1.ServerMessage.EventOneofCase.Expiring:
                SetIf(message.Expiring.HasRoom, json, "room", message.Expiring.Room);
                json["in"] = message.Expiring.In;
                break;
            case V1.ServerMessage.EventOneofCase.Error:
                json["code"] = message.Error.Code;
                json["message"] = message.Error.Message;
                SetIf(message.Error.Retry, json, "retry", true);
                SetIf(message.Error.HasRoom, json, "room", message.Error.Room);
                SetIf(message.Error.RetryAfter != 0, json, "retryAfter", message.Error.RetryAfter);
                break;
        }

        return (JsonSerializer.SerializeToElement(json), payload);
    }

    private static void Welcome(JsonObject json, V1.WelcomeEvent welcome)
    {
        V1.Limits limits = welcome.Limits;
        json["connection"] = welcome.Connection;
        json["user"] = welcome.User;
        json["resume"] = welcome.Resume;
        json["resumed"] = welcome.Resumed;
        json["positions"] = new JsonObject
        {
            ["user"] = Start(new JsonObject(), welcome.UserFeed),
            ["connection"] = Start(new JsonObject(), welcome.ConnectionFeed),
        };
        json["heartbeat"] = new JsonObject
        {
            ["interval"] = welcome.HeartbeatInterval,
            ["timeout"] = welcome.HeartbeatTimeout,
        };
        json["grace"] = welcome.Grace;
        json["limits"] = new JsonObject
        {
            ["message"] = limits.Message,
            ["rooms"] = limits.Rooms,
            ["rate"] = new JsonObject { ["messages"] = limits.RateMessages, ["burst"] = limits.RateBurst },
            ["state"] = limits.State,
            ["name"] = limits.Name,
            ["key"] = limits.Key,
            ["slot"] = limits.Slot,
            ["depth"] = limits.Depth,
            ["history"] = limits.History,
        };
        if (welcome.Resumed)
        {
            json["rooms"] = new JsonObject(welcome.Rooms.Select(room =>
                KeyValuePair.Create<string, JsonNode?>(room.Room, Room(new JsonObject(), room.Start, room.Presence))));
        }
    }

    private static void History(JsonObject json, V1.HistoryEvent history)
    {
        Feed(json, history.FeedCase == V1.HistoryEvent.FeedOneofCase.Room, history.Room, history.OwnFeed);
        Position(json, history.Head);
        json["more"] = history.More;
        var messages = new JsonArray();
        foreach (V1.MessageEvent message in history.Messages)
        {
            var item = new JsonObject();
            if (Message(item, message) is { } payload)
            {
                item["base64"] = Convert.ToBase64String(payload);
            }

            messages.Add(item);
        }

        json["messages"] = messages;
    }

    private static byte[]? Message(JsonObject json, V1.MessageEvent message)
    {
        SetIf(message.Offset != 0, json, "offset", message.Offset);
        json["time"] = message.Time;
        SetIf(message.HasSlot, json, "slot", message.Slot);
        if (message.Sender is { } sender)
        {
            json["from"] = new JsonObject { ["user"] = sender.User, ["connection"] = sender.Connection };
        }

        if (message.MessageClass != V1.MessageClass.Reliable)
        {
            json["class"] = message.MessageClass.ToString().ToLowerInvariant();
        }

        if (message.DataCase == V1.MessageEvent.DataOneofCase.Binary)
        {
            return message.Binary.ToByteArray();
        }

        json["data"] = JsonNode.Parse(message.Json.Span);
        return null;
    }

    private static void Change(JsonObject json, V1.PresenceChangeEvent change)
    {
        json["room"] = change.Room;
        json["after"] = change.After;
        json["version"] = change.Version;
        json["count"] = change.Count;
        SetIf(change.Joined.Count > 0, json, "joined", Members(change.Joined));
        SetIf(change.Left.Count > 0, json, "left", new JsonArray([.. change.Left.Select(id => JsonValue.Create(id))]));
        SetIf(change.Updated.Count > 0, json, "updated", Members(change.Updated));
    }

    private static void Accepted(JsonObject json, V1.Position? position, bool duplicate)
    {
        SetIf(duplicate, json, "duplicate", true);
        if (position is not null)
        {
            Position(json, position);
        }
    }

    private static void Feed(JsonObject json, bool isRoom, string room, V1.OwnFeed own) =>
        json[isRoom ? "room" : "feed"] = isRoom ? room : own.ToString().ToLowerInvariant();

    private static JsonObject Room(JsonObject json, V1.FeedStart start, V1.PresenceInfo? presence)
    {
        Start(json, start);
        if (presence is not null)
        {
            json["presence"] = Presence(new JsonObject(), presence);
        }

        return json;
    }

    private static JsonObject Start(JsonObject json, V1.FeedStart start)
    {
        Position(json, start.Position);
        bool recovered = start.Recovery == V1.Recovery.Recovered;
        SetIf(start.Recovery != V1.Recovery.NotAsked, json, "recovered", recovered);
        SetIf(
            start.Recovery != V1.Recovery.NotAsked && !recovered,
            json,
            "reason",
            JsonNamingPolicy.SnakeCaseLower.ConvertName(start.Recovery.ToString()));
        return json;
    }

    private static void Position(JsonObject json, V1.Position position)
    {
        json["epoch"] = position.Epoch.ToString("x16", null);
        json["offset"] = position.Offset;
    }

    private static JsonObject Presence(JsonObject json, V1.PresenceInfo presence)
    {
        bool full = presence.Mode == V1.PresenceMode.Full;
        json["mode"] = full ? "full" : "count";
        json["version"] = presence.Version;
        json["count"] = presence.Count;
        SetIf(full, json, "members", Members(presence.Members));
        return json;
    }

    private static JsonArray Members(IEnumerable<V1.Member> members) => new([.. members.Select(member =>
    {
        var json = new JsonObject { ["user"] = member.User, ["connection"] = member.Connection };
        SetIf(!member.State.IsEmpty, json, "state", member.State.IsEmpty ? null : JsonNode.Parse(member.State.Span));
        return json;
    })]);

    private static void SetIf(bool condition, JsonObject json, string name, JsonNode? value)
    {
        if (condition)
        {
            json[name] = value;
        }
    }
}
