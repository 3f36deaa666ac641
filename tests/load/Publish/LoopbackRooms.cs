using System.Net.WebSockets;
using System.Text.Json;

namespace Switchboard.Load.Tests.Publish;

/// <summary>As much of switchboard.v1.json as many rooms with several publishers need, with offsets. A test may change
/// what goes out.</summary>
internal sealed class LoopbackRooms : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, List<WebSocket>> _members = [];
    private readonly Dictionary<string, int> _offsets = [];

    /// <summary>Gets an event's offset and text, and returns the texts that are sent in its place.</summary>
    public Func<int, string, string[]> Deliver { get; init; } = (_, text) => [text];

    /// <summary>The same for acknowledgements.</summary>
    public Func<int, string, string[]> Acknowledge { get; init; } = (_, text) => [text];

    public async Task ServeAsync(WebSocket socket, CancellationToken stop)
    {
        try
        {
            while (await LoopbackServer.ReadAsync(socket, stop) is { } message)
            {
                using var command = JsonDocument.Parse(message);
                await InTurnAsync(() => AnswerAsync(socket, command.RootElement, stop));
            }
        }
        finally
        {
            await InTurnAsync(() => LeaveAsync(socket));
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task InTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    // A socket is disposed once it is served, and whoever publishes after it must not find it.
    private Task LeaveAsync(WebSocket socket)
    {
        foreach (var members in _members.Values)
        {
            members.Remove(socket);
        }

        return Task.CompletedTask;
    }

    private async Task AnswerAsync(WebSocket socket, JsonElement command, CancellationToken stop)
    {
        var id = command.GetProperty("id").GetInt64();
        var type = command.GetProperty("type").GetString();
        if (type == "connect")
        {
            await LoopbackServer.SendAsync(socket, $$"""{"type":"welcome","id":{{id}}}""", stop);
            return;
        }

        var room = command.GetProperty("room").GetString()!;
        if (type == "join")
        {
            _members.TryAdd(room, []);
            _members[room].Add(socket);
            await LoopbackServer.SendAsync(socket, $$"""{"type":"joined","id":{{id}},"room":"{{room}}"}""", stop);
            return;
        }

        var offset = _offsets[room] = _offsets.GetValueOrDefault(room) + 1;
        var data = command.GetProperty("data").GetRawText();
        var text = $$"""{"type":"message","room":"{{room}}","offset":{{offset}},"time":1,"data":{{data}}}""";
        foreach (var member in _members[room].Where(member => member != socket))
        {
            await SendAllAsync(member, Deliver(offset, text), stop);
        }

        text = $$"""{"type":"published","id":{{id}},"room":"{{room}}","epoch":"e","offset":{{offset}}}""";
        await SendAllAsync(socket, Acknowledge(offset, text), stop);
    }

    private static async Task SendAllAsync(WebSocket socket, string[] texts, CancellationToken stop)
    {
        foreach (var text in texts)
        {
            await LoopbackServer.SendAsync(socket, text, stop);
        }
    }
}
