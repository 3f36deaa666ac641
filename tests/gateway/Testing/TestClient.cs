using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A client of the protocol on the base library's WebSocket, one message at a time.</summary>
internal sealed class TestClient(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly Queue<JsonElement> _passedOver = new();
    private int _id = 100;

    public ClientWebSocket Socket => socket;

    public string Id { get; private set; } = "";

    public string Token { get; private set; } = "";

    public JsonElement Welcome { get; private set; }

    /// <summary>A position as JSON.</summary>
    public static string Position(string epoch, long offset) => $$"""{"epoch":"{{epoch}}","offset":{{offset}} }""";

    public async Task<JsonElement> ConnectAsync(string rest = "")
    {
        JsonElement welcome = await AskAsync($$"""{"type":"connect"{{rest}}}""");
        if (welcome.Type() == "welcome")
        {
            Id = welcome.GetProperty("connection").GetString()!;
            Welcome = welcome;
            Token = welcome.GetProperty("resume").GetString()!;
        }

        return welcome;
    }

    public Task<JsonElement> JoinAsync(string room, string rest = "") =>
        AskAsync($$"""{"type":"join","room":"{{room}}"{{rest}}}""");

    public Task<JsonElement> PublishAsync(string room, string data, string rest = "") =>
        AskAsync($$"""{"type":"publish","room":"{{room}}","data":{{data}}{{rest}}}""");

    /// <summary>Sends a command with a fresh id and returns what answers it.</summary>
    public async Task<JsonElement> AskAsync(string command)
    {
        int id = ++_id;
        await SendAsync($$"""{"id":{{id}},{{command[1..]}}""");
        Queue<JsonElement> others = new();
        while (true)
        {
            JsonElement message = await NextAsync();
            if (message.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
            {
                foreach (JsonElement other in others)
                {
                    _passedOver.Enqueue(other);
                }

                return message;
            }

            others.Enqueue(message);
        }
    }

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Limit.Token());

    public Task SendBinaryAsync(byte[] bytes) =>
        socket.SendAsync(bytes, WebSocketMessageType.Binary, true, Limit.Token());

    /// <summary>The next message, of those passed over while waiting for an answer or from the socket.</summary>
    public async Task<JsonElement> NextAsync()
    {
        if (_passedOver.TryDequeue(out JsonElement earlier))
        {
            return earlier;
        }

        (WebSocketMessageType type, byte[] bytes) = await ReceiveAsync();
        Assert.True(type == WebSocketMessageType.Text, $"expected text, got {type} {socket.CloseStatus} {socket.CloseStatusDescription}");
        return JsonDocument.Parse(bytes).RootElement;
    }

    /// <summary>The next message of a type; others are passed over for good.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            JsonElement message = await NextAsync();
            if (message.Type() == type)
            {
                return message;
            }
        }
    }

    public async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync()
    {
        using MemoryStream whole = new();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, Limit.Token());
            whole.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return (result.MessageType, whole.ToArray());
            }
        }
    }

    /// <summary>Reads on until the server closes; returns the close code.</summary>
    public async Task<int> ClosedAsync()
    {
        while ((await ReceiveAsync()).Type != WebSocketMessageType.Close)
        {
        }

        return (int)socket.CloseStatus!;
    }

    /// <summary>Breaks the socket without a word.</summary>
    public void Drop() => socket.Abort();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }
}
