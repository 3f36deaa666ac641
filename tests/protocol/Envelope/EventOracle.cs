using System.Buffers;
using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope;

/// <summary>Reads an event with System.Text.Json, and has the codec write it again.</summary>
internal static class EventOracle
{
    private static readonly JsonEnvelopeCodec Json = new();

    /// <param name="json">The event's text form, or the header of its binary form.</param>
    /// <param name="output">Where it is written to.</param>
    /// <param name="payload">The payload of a binary message; else null.</param>
    /// <param name="otherwise">The codec, unless it is that of JSON.</param>
    public static FrameKind Rewrite(
        JsonElement json, IBufferWriter<byte> output, byte[]? payload = null, IEnvelopeCodec? otherwise = null)
    {
        IEnvelopeCodec codec = otherwise ?? Json;
        long id = Integer(json, "id");
        return json.GetProperty("type").GetString() switch
        {
            "welcome" => codec.Encode(output, Welcome(json, id)),
            "joined" => codec.Encode(output, new JoinedEvent(id, Room(Text(json, "room")!, json))),
            "left" => codec.Encode(output, new LeftEvent(id, Text(json, "room")!, Text(json, "reason"))),
            "published" => codec.Encode(
                output, new PublishedEvent(id, Text(json, "room")!, Position(json), Flag(json, "duplicate"))),
            "sent" => codec.Encode(output, new SentEvent(id, Position(json), Flag(json, "duplicate"))),
            "history" => codec.Encode(output, new HistoryEvent(
                id,
                Feed(json),
                Position(json)!.Value,
                List(json, "messages", item => Message(item)),
                Flag(json, "more"))),
            "presence" => codec.Encode(output, new PresenceEvent(id, Text(json, "room")!, Presence(json))),
            "presence_change" => codec.Encode(output, new PresenceChangeEvent(
                Text(json, "room")!,
                Integer(json, "after"),
                Integer(json, "version"),
                (int)Integer(json, "count"),
                List(json, "joined", Member),
                List(json, "left", item => item.GetString()!),
                List(json, "updated", Member))),
            "ok" => codec.Encode(output, new OkEvent(id)),
            "pong" => codec.Encode(output, new PongEvent(id, Integer(json, "time"))),
            "message" => codec.Encode(output, new MessageEvent(Feed(json), Message(json, payload))),
            "lost" => codec.Encode(output, new LostEvent(Feed(json), Position(json)!.Value)),
            "expiring" => codec.Encode(output, new ExpiringEvent(Text(json, "room"), (int)Integer(json, "in"))),
            "error" => codec.Encode(output, new ErrorEvent(
                id, Text(json, "code")!, Text(json, "message")!, Flag(json, "retry"), Text(json, "room"),
                json.TryGetProperty("retryAfter", out JsonElement wait) ? wait.GetInt64() : 0)),
            string other => throw new ArgumentException(other),
            null => throw new ArgumentException("no type"),
        };
    }

    private static WelcomeEvent Welcome(JsonElement json, long id)
    {
        JsonElement limits = json.GetProperty("limits");
        JsonElement rate = limits.GetProperty("rate");
        JsonElement heartbeat = json.GetProperty("heartbeat");
        bool resumed = json.GetProperty("resumed").GetBoolean();
        return new WelcomeEvent
        {
            Id = id,
            Connection = Text(json, "connection")!,
            User = Text(json, "user")!,
            Resume = Text(json, "resume")!,
            Resumed = resumed,
            UserFeed = Start(json.GetProperty("positions").GetProperty("user")),
            ConnectionFeed = Start(json.GetProperty("positions").GetProperty("connection")),
            Rooms = resumed
                ? [.. json.GetProperty("rooms").EnumerateObject().Select(room => Room(room.Name, room.Value))]
                : [],
            HeartbeatInterval = heartbeat.GetProperty("interval").GetInt32(),
            HeartbeatTimeout = heartbeat.GetProperty("timeout").GetInt32(),
            Grace = (int)Integer(json, "grace"),
            Limits = new WelcomeLimits(
                limits.GetProperty("message").GetInt32(),
                limits.GetProperty("rooms").GetInt32(),
                rate.GetProperty("messages").GetInt32(),
                rate.GetProperty("burst").GetInt32(),
                limits.GetProperty("state").GetInt32()),
        };
    }

    private static FeedMessage Message(JsonElement json, byte[]? payload = null)
    {
        bool from = json.TryGetProperty("from", out JsonElement sender);
        bool base64 = json.TryGetProperty("base64", out JsonElement encoded);
        return new FeedMessage
        {
            Offset = Integer(json, "offset"),
            Time = Integer(json, "time"),
            FromUser = from ? Text(sender, "user") : null,
            FromConnection = from ? Text(sender, "connection") : null,
            Class = Text(json, "class") switch
            {
                null => MessageClass.Reliable,
                "latest" => MessageClass.Latest,
                "volatile" => MessageClass.Volatile,
                string other => throw new ArgumentException(other),
            },
            Slot = Text(json, "slot"),
            DataKind = base64 || payload is not null ? DataKind.Binary : DataKind.Json,
            Data = payload ?? (base64 ? encoded.GetBytesFromBase64() : Raw(json.GetProperty("data"))),
        };
    }

    private static RoomStart Room(string name, JsonElement json) => new(
        name, Start(json), json.TryGetProperty("presence", out JsonElement presence) ? Presence(presence) : null);

    private static FeedStart Start(JsonElement json)
    {
        bool asked = json.TryGetProperty("recovered", out JsonElement recovered);
        return new FeedStart(Position(json)!.Value, Text(json, "reason") switch
        {
            null when !asked => FeedRecovery.NotAsked,
            null when recovered.GetBoolean() => FeedRecovery.Recovered,
            "epoch_changed" => FeedRecovery.EpochChanged,
            "trimmed" => FeedRecovery.Trimmed,
            "ahead" => FeedRecovery.Ahead,
            string other => throw new ArgumentException(other),
            null => throw new ArgumentException("not recovered, without a reason"),
        });
    }

    private static PresenceInfo Presence(JsonElement json) => new(
        Enum.Parse<PresenceKind>(Text(json, "mode")!, ignoreCase: true),
        Integer(json, "version"),
        (int)Integer(json, "count"),
        List(json, "members", Member));

    private static MemberInfo Member(JsonElement json) => new(
        Text(json, "user")!,
        Text(json, "connection")!,
        json.TryGetProperty("state", out JsonElement state) ? Raw(state) : default(ReadOnlyMemory<byte>));

    private static FeedRef Feed(JsonElement json) => Text(json, "feed") switch
    {
        null => FeedRef.OfRoom(Text(json, "room")!),
        "user" => FeedRef.User,
        "connection" => FeedRef.Connection,
        string other => throw new ArgumentException(other),
    };

    private static FeedPosition? Position(JsonElement json) =>
        json.TryGetProperty("epoch", out _) ? CommandOracle.ToPosition(json) : null;

    private static T[] List<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        json.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(read)] : [];

    private static byte[] Raw(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static long Integer(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.GetBoolean();
}
