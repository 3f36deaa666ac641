using System.Globalization;
using System.Text.Json;
using Google.Protobuf;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

/// <summary>A command of the JSON protocol as the generated classes have it.</summary>
internal static class CommandDocument
{
    /// <param name="json">The command's text form, or the header of its binary form.</param>
    /// <param name="payload">The payload of the binary form; else null.</param>
    public static V1.ClientMessage ToMessage(JsonElement json, byte[]? payload = null)
    {
        var message = new V1.ClientMessage();
        if (json.TryGetProperty("id", out JsonElement id))
        {
            message.Id = id.GetUInt64();
        }

        switch (json.GetProperty("type").GetString())
        {
            case "connect":
                message.Connect = Connect(json);
                break;
            case "join":
                message.Join = Join(json);
                break;
            case "leave":
                message.Leave = new V1.LeaveCommand();
                Set(json, "room", value => message.Leave.Room = value.GetString());
                break;
            case "publish":
                message.Publish = Publish(json, payload);
                break;
            case "send":
                message.Send = Send(json, payload);
                break;
            case "history":
                message.History = History(json);
                break;
            case "presence":
                message.Presence = new V1.PresenceCommand();
                Set(json, "room", value => message.Presence.Room = value.GetString());
                break;
            case "state":
                message.State = new V1.StateCommand();
                Set(json, "room", value => message.State.Room = value.GetString());
                Set(json, "state", value => message.State.State = State(value));
                break;
            case "ping":
                message.Ping = new V1.PingCommand();
                break;
            case "refresh":
                message.Refresh = new V1.RefreshCommand();
                Set(json, "token", value => message.Refresh.Token = value.GetString());
                Set(json, "room", value => message.Refresh.Room = value.GetString());
                break;
            default:
                // A command that the file does not know yet.
                message.MergeFrom([(15 << 3) | 2, 0]);
                break;
        }

        return message;
    }

    private static V1.ConnectCommand Connect(JsonElement json)
    {
        var connect = new V1.ConnectCommand();
        Set(json, "resume", value => connect.Resume = value.GetString());
        Set(json, "token", value => connect.Token = value.GetString());
        Set(json, "turn", value => connect.Turn = value.GetUInt64());
        Set(json, "positions", value =>
        {
            connect.Positions = new V1.Positions();
            Set(value, "user", position => connect.Positions.User = Position(position));
            Set(value, "connection", position => connect.Positions.Connection = Position(position));
            Set(value, "rooms", rooms =>
            {
                foreach (JsonProperty room in rooms.EnumerateObject())
                {
                    connect.Positions.Rooms.Add(room.Name, Position(room.Value));
                }
            });
        });
        return connect;
    }

    private static V1.JoinCommand Join(JsonElement json)
    {
        var join = new V1.JoinCommand();
        Set(json, "room", value => join.Room = value.GetString());
        Set(json, "position", value => join.Position = Position(value));
        Set(json, "presence", value => join.Presence = value.GetBoolean());
        Set(json, "state", value => join.State = State(value));
        Set(json, "token", value => join.Token = value.GetString());
        return join;
    }

    private static V1.PublishCommand Publish(JsonElement json, byte[]? payload)
    {
        var publish = new V1.PublishCommand { MessageClass = Class(json) };
        Set(json, "room", value => publish.Room = value.GetString());
        Set(json, "data", value => publish.Json = Raw(value));
        Set(json, "slot", value => publish.Slot = value.GetString());
        Set(json, "key", value => publish.Key = value.GetString());
        Set(json, "echo", value => publish.Echo = value.GetBoolean());
        if (payload is not null)
        {
            publish.Binary = ByteString.CopyFrom(payload);
        }

        return publish;
    }

    private static V1.SendCommand Send(JsonElement json, byte[]? payload)
    {
        var send = new V1.SendCommand { MessageClass = Class(json) };
        Set(json, "user", value => send.User = value.GetString());
        Set(json, "connection", value => send.Connection = value.GetString());
        Set(json, "data", value => send.Json = Raw(value));
        Set(json, "slot", value => send.Slot = value.GetString());
        Set(json, "key", value => send.Key = value.GetString());
        if (payload is not null)
        {
            send.Binary = ByteString.CopyFrom(payload);
        }

        return send;
    }

    private static V1.HistoryCommand History(JsonElement json)
    {
        var history = new V1.HistoryCommand();
        Set(json, "room", value => history.Room = value.GetString());
        Set(json, "feed", value => history.OwnFeed = Enum.Parse<V1.OwnFeed>(value.GetString()!, ignoreCase: true));
        Set(json, "order", value => history.Order = Enum.Parse<V1.HistoryOrder>(value.GetString()!, ignoreCase: true));
        Set(json, "after", value => history.After = Position(value));
        Set(json, "before", value => history.Before = Position(value));
        Set(json, "limit", value => history.Limit = value.GetUInt32());
        return history;
    }

    private static V1.MessageClass Class(JsonElement json) => json.TryGetProperty("class", out JsonElement value)
        ? Enum.Parse<V1.MessageClass>(value.GetString()!, ignoreCase: true)
        : V1.MessageClass.Reliable;

    private static V1.Position Position(JsonElement json) => new()
    {
        Epoch = ulong.Parse(json.GetProperty("epoch").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        Offset = json.GetProperty("offset").GetUInt64(),
    };

    private static ByteString State(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null ? ByteString.Empty : Raw(json);

    private static ByteString Raw(JsonElement json) => ByteString.CopyFromUtf8(json.GetRawText());

    private static void Set(JsonElement json, string name, Action<JsonElement> set)
    {
        if (json.TryGetProperty(name, out JsonElement value))
        {
            set(value);
        }
    }
}
