using System.Text.Json;
using Switchboard.Faults.Verifying;

namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>One of the clients in a driver's process.</summary>
internal sealed class DrivenClient(DriverProcess process, string name) : IClientDriver
{
    public event Action<DriverEvent>? Heard;

    public Func<Task<string>> GiveToken { get; set; } = () => throw new InvalidOperationException("no tokens were foreseen");

    public Task ConnectAsync(ConnectRequest request) =>
        AskAsync(new { Do = "connect", Url = request.Url.ToString().TrimEnd('/'), request.Transports });

    public async Task<Position> JoinAsync(string room) => (await AskAsync(new { Do = "join", Room = room })).Position;

    public Task LeaveAsync(string room) => AskAsync(new { Do = "leave", Room = room });

    public async Task<Position> PublishAsync(string room, long number) =>
        (await AskAsync(new { Do = "publish", Room = room, Data = number })).Position;

    public Task SetStateAsync(string room, string mood) =>
        AskAsync(new { Do = "state", Room = room, State = new { Mood = mood } });

    public async Task<IReadOnlyList<string>> PresenceAsync(string room)
    {
        DriverEvent answer = await AskAsync(new { Do = "presence", Room = room });
        return [.. answer.Body.GetProperty("members").EnumerateArray().Select(Describe)];
    }

    public async Task<IReadOnlyList<long>> HistoryAsync(string room, int limit)
    {
        DriverEvent answer = await AskAsync(new { Do = "history", Room = room, Limit = limit });
        return [.. answer.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetInt64())];
    }

    public Task CloseAsync() => AskAsync(new { Do = "close" });

    /// <summary>The driver wrote something of this client's.</summary>
    internal void OnEvent(DriverEvent what)
    {
        Heard?.Invoke(what);
        if (what.Name == "token")
        {
            _ = AnswerAsync(what.Number("ask"), GiveToken());
        }
    }

    private static string Describe(JsonElement member) =>
        member.TryGetProperty("state", out JsonElement state) && state.ValueKind == JsonValueKind.Object
            ? $"{member.GetProperty("user").GetString()}:{state.GetProperty("mood").GetString()}"
            : member.GetProperty("user").GetString()!;

    private async Task AnswerAsync(long ask, Task<string> giving)
    {
        string token = await giving;
        process.Say(name, new { Do = "token", Ask = ask, Token = token });
    }

    private Task<DriverEvent> AskAsync(object command) => process.AskAsync(name, command);
}
