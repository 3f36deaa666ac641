using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Switchboard.Load.Tests.Rooms;

/// <summary>As much of switchboard.v1.json as one room needs. A test may change how a message reaches a
/// member.</summary>
internal sealed class LoopbackRoom
{
    private readonly ConcurrentQueue<WebSocket> _members = new();

    public IReadOnlyCollection<WebSocket> Members => _members;

    /// <summary>Gets the member's number, the message's number and its text; returns the texts that it is
    /// sent.</summary>
    public Func<int, long, string, string[]> Deliver { get; init; } = (_, _, text) => [text];

    public async Task ServeAsync(WebSocket socket, CancellationToken stop)
    {
        while (await LoopbackServer.ReadAsync(socket, stop) is { } message)
        {
            using var command = JsonDocument.Parse(message);
            var id = command.RootElement.GetProperty("id").GetInt64();
            switch (command.RootElement.GetProperty("type").GetString())
            {
                case "connect":
                    await LoopbackServer.SendAsync(socket, $$"""{"type":"welcome","id":{{id}}}""", stop);
                    break;
                case "join":
                    _members.Enqueue(socket);
                    await LoopbackServer.SendAsync(socket, $$"""{"type":"joined","id":{{id}}}""", stop);
                    break;
                default:
                    await PublishAsync(socket, command.RootElement, id - 3, stop);
                    await LoopbackServer.SendAsync(socket, $$"""{"type":"published","id":{{id}}}""", stop);
                    break;
            }
        }
    }

    private async Task PublishAsync(WebSocket publisher, JsonElement command, long number, CancellationToken stop)
    {
        var text = $$"""{"type":"message","room":"r","offset":1,"data":{{command.GetProperty("data").GetRawText()}}}""";
        foreach (var (index, member) in _members.Where(member => member != publisher).Index())
        {
            foreach (var each in Deliver(index, number, text))
            {
                await LoopbackServer.SendAsync(member, each, stop);
            }
        }
    }
}
