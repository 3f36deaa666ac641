using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchboard.Client;

namespace Switchboard.ScenarioDriver;

/// <summary>One client, and what it tells.</summary>
internal sealed class DrivenClient(string name, EventWriter events) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _tokens = [];
    private readonly HashSet<string> _rooms = [];
    private SwitchboardClient? _client;
    private int _asks;

    private SwitchboardClient Client => _client ?? throw new InvalidOperationException($"{name} was not connected");

    public async Task<JsonObject> ConnectAsync(JsonElement command)
    {
        SwitchboardClientOptions options = new()
        {
            Url = new Uri(command.GetProperty("url").GetString()!),
            TokenProvider = AskTokenAsync,
            CommandTimeout = TimeSpan.FromMinutes(2),
            Reconnect = new ReconnectOptions { MaxDelay = TimeSpan.FromSeconds(2) },
        };
        TransportKind[] transports = [.. command.GetProperty("transports").EnumerateArray().Select(Transport)];
        _client = new SwitchboardClient(transports.Length > 0 ? options with { Transports = transports } : options);
        _client.StateChanged += change => events.Write("state", name, new JsonObject
        {
            ["state"] = change.State.ToString().ToLowerInvariant(),
            ["code"] = change.CloseCode,
            ["reason"] = change.Reason,
            ["retries"] = change.WillRetry,
        });
        await _client.ConnectAsync();
        return [];
    }

    public Task<JsonObject> TakeTokenAsync(int ask, string token)
    {
        _tokens[ask].SetResult(token);
        return Task.FromResult<JsonObject>([]);
    }

    public async Task<JsonObject> JoinAsync(string name) =>
        At((await RoomOf(name).JoinAsync(new JoinOptions { Presence = true })).Position);

    public async Task<JsonObject> LeaveAsync(string name)
    {
        await RoomOf(name).LeaveAsync();
        return [];
    }

    public async Task<JsonObject> PublishAsync(string name, JsonElement data) =>
        At(await RoomOf(name).PublishAsync(data.GetInt64(), DriverJson.Default.Int64));

    public async Task<JsonObject> SetStateAsync(string name, JsonElement state)
    {
        await RoomOf(name).SetStateAsync(state, DriverJson.Default.JsonElement);
        return [];
    }

    public async Task<JsonObject> PresenceAsync(string name)
    {
        PresenceSnapshot presence = await RoomOf(name).PresenceAsync();
        return new JsonObject
        {
            ["members"] = new JsonArray([.. presence.Members.Select(member => new JsonObject
            {
                ["user"] = member.User,
                ["state"] = member.State.IsEmpty ? null : JsonNode.Parse(member.State.Span),
            })]),
        };
    }

    public async Task<JsonObject> HistoryAsync(string name, int limit)
    {
        HistoryPage<RoomMessage> page = await RoomOf(name).HistoryAsync(new HistoryOptions { NewestFirst = true, Limit = limit });
        return new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Messages.Reverse().Select(message => (JsonNode)Number(message))]),
        };
    }

    public async Task<JsonObject> CloseAsync()
    {
        await DisposeAsync();
        return [];
    }

    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? default;

    private static TransportKind Transport(JsonElement name) => name.GetString() switch
    {
        "websocket" => TransportKind.WebSocket,
        "sse" => TransportKind.ServerSentEvents,
        "long-polling" => TransportKind.LongPolling,
        var unknown => throw new ArgumentException($"there is no transport {unknown}"),
    };

    private static long Number(Message message) => message.Read(DriverJson.Default.Int64);

    private static JsonObject At(Position position) => new() { ["epoch"] = position.Epoch, ["offset"] = position.Offset };

    private Room RoomOf(string name)
    {
        Room room = Client.Room(name);
        lock (_rooms)
        {
            if (_rooms.Add(name))
            {
                Listen(room);
            }
        }

        return room;
    }

    private void Listen(Room room)
    {
        room.Message += message => Tell("message", message.Position, "data", Number(message));
        room.Lost += loss => Tell("lost", loss.To, "reason", loss.Reason);
        room.Left += reason => events.Write("left", name, new JsonObject { ["room"] = room.Name, ["reason"] = reason });

        void Tell(string what, Position position, string field, JsonNode? value)
        {
            JsonObject fields = At(position);
            fields["room"] = room.Name;
            fields[field] = value;
            events.Write(what, name, fields);
        }
    }

    private async ValueTask<string> AskTokenAsync(CancellationToken cancellationToken)
    {
        int ask = Interlocked.Increment(ref _asks);
        TaskCompletionSource<string> answer = _tokens.GetOrAdd(ask, _ => new TaskCompletionSource<string>());
        events.Write("token", name, new JsonObject { ["ask"] = ask });
        return await answer.Task.WaitAsync(cancellationToken);
    }
}
