using System.Net.WebSockets;
using System.Text.Json;
using Switchboard.Load.Tests;

namespace Switchboard.Faults.Tests;

/// <summary>As much of switchboard.v1.json as one room of a run needs, with history, keys and resuming. A test may
/// spoil what it does.</summary>
internal sealed class LoopbackFeed : IDisposable
{
    private const string Epoch = "000000000000000a";
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<(string Key, string Message)> _log = [];
    private readonly Dictionary<string, WebSocket> _members = [];
    private readonly Dictionary<string, string> _turns = [];
    private int _publishes;

    /// <summary>Gets the connection, the offset and the event; returns the events that it is sent.</summary>
    public Func<string, long, string, string[]> Deliver { get; init; } = (_, _, message) => [message];

    /// <summary>Offsets whose publish is not answered but ends the publisher's socket, once each.</summary>
    public HashSet<long> Break { get; init; } = [];

    /// <summary>Which publishes are refused for now, counted from 1 with those that are sent again; and what comes from the
    /// same connection before they do.</summary>
    public HashSet<int> Refuse { get; init; } = [];

    public void Dispose() => _turn.Dispose();

    public async Task ServeAsync(WebSocket socket, CancellationToken stop)
    {
        var connection = $"c{Guid.NewGuid():n}";
        while (await LoopbackServer.ReadAsync(socket, stop) is { } bytes)
        {
            using var command = JsonDocument.Parse(bytes);
            await _turn.WaitAsync(stop);
            try
            {
                connection = await HandleAsync(socket, connection, command.RootElement, stop);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task<string> HandleAsync(
        WebSocket socket, string connection, JsonElement command, CancellationToken stop)
    {
        var id = command.GetProperty("id").GetInt64();
        switch (command.GetProperty("type").GetString())
        {
            case "connect" when command.TryGetProperty("resume", out var token):
                connection = token.GetString()!;
                _members[connection] = socket;
                var room = command.GetProperty("positions").GetProperty("rooms").EnumerateObject().Single();
                var start = $$"""{"{{room.Name}}":{ {{Start()}},"recovered":true } }""";
                await SendAsync(Welcome(id, connection, true, $",\"rooms\":{start}"));
                for (var at = (int)room.Value.GetProperty("offset").GetInt64(); at < _log.Count; at++)
                {
                    await SendAsync(_log[at].Message);
                }

                break;
            case "connect":
                await SendAsync(Welcome(id, connection, false, ""));
                break;
            case "join":
                _members[connection] = socket;
                var name = command.GetProperty("room");
                await SendAsync($$"""{"type":"joined","id":{{id}},"room":"{{name}}",{{Start()}} }""");
                break;
            default:
                await PublishAsync(connection, id, command, stop);
                break;
        }

        return connection;

        Task SendAsync(string text) => LoopbackServer.SendAsync(socket, text, stop);
    }

    private async Task PublishAsync(string connection, long id, JsonElement command, CancellationToken stop)
    {
        var key = command.GetProperty("key").GetString()!;
        if (Refuse.Remove(++_publishes) | (_turns.TryGetValue(connection, out var turn) && turn != key))
        {
            _turns.TryAdd(connection, key);
            await LoopbackServer.SendAsync(
                _members[connection],
                $$"""{"type":"error","id":{{id}},"code":"unavailable","message":"later","retry":true}""",
                stop);
            return;
        }

        _turns.Remove(connection);
        var room = command.GetProperty("room").GetString();
        var offset = _log.FindIndex(each => each.Key == key) + 1L;
        if (offset == 0)
        {
            offset = _log.Count + 1;
            var data = command.GetProperty("data").GetRawText();
            var message = $$"""{"type":"message","room":"{{room}}","offset":{{offset}},"data":{{data}} }""";
            _log.Add((key, message));
            foreach (var (member, socket) in _members.Where(member => member.Value.State == WebSocketState.Open))
            {
                foreach (var text in Deliver(member, offset, message))
                {
                    await LoopbackServer.SendAsync(socket, text, stop);
                }
            }
        }

        if (Break.Remove(offset))
        {
            _members[connection].Abort();
            return;
        }

        await LoopbackServer.SendAsync(
            _members[connection],
            $$"""{"type":"published","id":{{id}},"room":"{{room}}","epoch":"{{Epoch}}","offset":{{offset}}}""",
            stop);
    }

    private static string Welcome(long id, string connection, bool resumed, string rooms) =>
        $$"""
        {
          "type":"welcome","id":{{id}},"connection":"{{connection}}","resume":"{{connection}}",
          "resumed":{{(resumed ? "true" : "false")}}{{rooms}},"heartbeat":{"interval":15,"timeout":40}
        }
        """;

    private string Start() => $$"""
        "epoch":"{{Epoch}}","offset":{{_log.Count}}
        """;
}
