using System.Text.Json;
using System.Text.Json.Nodes;
using Switchboard.Client;

namespace Switchboard.ScenarioDriver;

/// <summary>Gives each command to its client, and writes the answer.</summary>
internal sealed class CommandReader(EventWriter events)
{
    private readonly Dictionary<string, DrivenClient> _clients = [];

    /// <summary>Begins what a line asks for. Commands to one client begin in their order.</summary>
    public void Begin(string line)
    {
        JsonElement command = JsonDocument.Parse(line).RootElement;
        string name = command.GetProperty("client").GetString()!;
        if (!_clients.TryGetValue(name, out DrivenClient? client))
        {
            _clients[name] = client = new DrivenClient(name, events);
        }

        _ = AnswerAsync(name, command.GetProperty("id").GetInt64(), CarryOutAsync(client, command));
    }

    private static Task<JsonObject> CarryOutAsync(DrivenClient client, JsonElement command)
    {
        return command.GetProperty("do").GetString() switch
        {
            "connect" => client.ConnectAsync(command),
            "join" => client.JoinAsync(Room()),
            "leave" => client.LeaveAsync(Room()),
            "publish" => client.PublishAsync(Room(), command.GetProperty("data")),
            "state" => client.SetStateAsync(Room(), command.GetProperty("state")),
            "presence" => client.PresenceAsync(Room()),
            "history" => client.HistoryAsync(Room(), command.GetProperty("limit").GetInt32()),
            "close" => client.CloseAsync(),
            "token" => client.TakeTokenAsync(command.GetProperty("ask").GetInt32(), command.GetProperty("token").GetString()!),
            var unknown => throw new ArgumentException($"there is no command {unknown}"),
        };

        string Room() => command.GetProperty("room").GetString()!;
    }

    private async Task AnswerAsync(string client, long id, Task<JsonObject> carryingOut)
    {
        JsonObject answer;
        try
        {
            answer = await carryingOut;
        }
        catch (SwitchboardException refusal)
        {
            answer = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        }

        if (id > 0)
        {
            answer["id"] = id;
            events.Write("answer", client, answer);
        }
    }
}
