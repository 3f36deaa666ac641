using System.Text.Json;
using System.Text.Json.Nodes;
using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;

namespace Switchboard.ClientContract;

/// <summary>A client of the protocol over any transport: it asks, receives, and remembers what it takes to resume.</summary>
public sealed class ContractClient : IAsyncDisposable
{
    private readonly ClientTransport _transport;
    private readonly IClientLink _link;
    private readonly KnownPositions _positions;
    private readonly ClientTurns _turns;
    private readonly long? _turn;
    private readonly List<JsonElement> _passedOver = [];
    private int _id = 100;

    private ContractClient(
        ClientTransport transport,
        IClientLink link,
        string user,
        KnownPositions positions,
        ClientTurns turns,
        long? turn,
        JsonElement answer)
    {
        _transport = transport;
        _link = link;
        _positions = positions;
        _turns = turns;
        _turn = turn;
        User = user;
        Answer = answer;
    }

    /// <summary>Whose it is.</summary>
    public string User { get; }

    /// <summary>The answer to connect: the welcome, or an error.</summary>
    public JsonElement Answer { get; }

    /// <summary>The connection's id.</summary>
    public string Id => Answer.Text("connection");

    /// <summary>The resume token.</summary>
    public string Token => Answer.Text("resume");

    /// <summary>The close code that the server ended it with; null where it did not.</summary>
    public int? CloseCode => _link.CloseCode;

    /// <summary>Connects: as a new connection, or with a token and positions as one that is resumed.</summary>
    public static Task<ContractClient> ConnectAsync(
        ClientTransport transport, ClientRoute route, string user, string? resume = null, JsonObject? positions = null) =>
        ConnectAsync(transport, route, user, resume, positions, new ClientTurns(), turn: null);

    /// <summary>Resumes over another link, which may be one of another transport; this one need not have ended.</summary>
    public Task<ContractClient> ResumeAsync(ClientRoute route, ClientTransport? transport = null)
    {
        _link.Retire();
        return ConnectAsync(transport ?? _transport, route, User, Token, _positions.ToJson(), _turns, _turns.Next());
    }

    /// <summary>Makes the resume once more that this client came by: as a request that comes in behind later ones.</summary>
    public Task<ContractClient> ResumeLateAsync(ClientRoute route) =>
        ConnectAsync(_transport, route, User, Token, _positions.ToJson(), new ClientTurns(), _turn);

    /// <summary>Sends a command without waiting for its answer.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> SendAsync(string command)
    {
        int id = ++_id;
        await _link.SendAsync($$"""{"id":{{id}},{{command.TrimStart()[1..]}}""");
        return id;
    }

    /// <summary>Sends a command and returns its answer.</summary>
    public async Task<JsonElement> AskAsync(string command) => await AnswerAsync(await SendAsync(command));

    /// <summary>The answer to a command that was sent.</summary>
    public Task<JsonElement> AnswerAsync(int id) =>
        NextAsync(what => what.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id, $"the answer to {id}");

    /// <summary>Joins a room.</summary>
    public Task<JsonElement> JoinAsync(string room, string rest = "")
    {
        string command = $$"""{"type":"join","room":"{{room}}"{{rest}}}""";
        _positions.TakeCommand(JsonNode.Parse(command)!);
        return AskAsync(command);
    }

    /// <summary>Publishes to a room.</summary>
    public Task<JsonElement> PublishAsync(string room, string data, string rest = "") =>
        AskAsync($$"""{"type":"publish","room":"{{room}}","data":{{data}}{{rest}}}""");

    /// <summary>The next message.</summary>
    public Task<JsonElement> MessageAsync() => NextAsync(static what => what.Type() == "message", "a message");

    /// <summary>The next message, however long it takes; null where the link ends before.</summary>
    public async Task<JsonElement?> MessageOrEndAsync()
    {
        while (await _link.ReceiveAsync(CancellationToken.None) is { } next)
        {
            if (_positions.Take(next) && next.Type() == "message")
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>The data of the next messages, each a JSON text.</summary>
    public async Task<string[]> MessagesAsync(int count)
    {
        string[] data = new string[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = (await MessageAsync()).GetProperty("data").GetRawText();
        }

        return data;
    }

    /// <summary>The next event that is as wanted; others stay for later.</summary>
    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> isWanted, string what)
    {
        int earlier = _passedOver.FindIndex(one => isWanted(one));
        if (earlier >= 0)
        {
            JsonElement found = _passedOver[earlier];
            _passedOver.RemoveAt(earlier);
            return found;
        }

        while (true)
        {
            JsonElement next = await ReceiveAsync(_link, what);
            if (!_positions.Take(next))
            {
                throw new InvalidOperationException($"received twice, or out of order: {next}");
            }

            if (isWanted(next))
            {
                return next;
            }

            _passedOver.Add(next);
        }
    }

    /// <summary>Waits until a room's presence, as it is told, is as wanted: the ids of the members.</summary>
    public async Task PresenceAsync(string room, Func<JsonElement, bool> isMet, string what)
    {
        // The snapshot of a poll's welcome says as much as a difference.
        await NextAsync(
            next => next.Type() switch
            {
                "presence_change" when next.Text("room") == room => isMet(next),
                "welcome" => next.TryGetProperty("rooms", out JsonElement rooms)
                    && rooms.TryGetProperty(room, out JsonElement start)
                    && start.TryGetProperty("presence", out JsonElement presence)
                    && isMet(presence),
                _ => false,
            },
            what);
    }

    /// <summary>Reads on until the link ends; returns the close code.</summary>
    public async Task<int?> EndedAsync()
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        while (await _link.ReceiveAsync(limit.Token) is not null)
        {
        }

        return CloseCode;
    }

    /// <summary>Breaks off without a word.</summary>
    public void Drop() => _link.Drop();

    /// <summary>Says goodbye.</summary>
    public Task CloseAsync() => _link.CloseAsync();

    /// <summary>Breaks off, where that was not done.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private static async Task<ContractClient> ConnectAsync(
        ClientTransport transport,
        ClientRoute route,
        string user,
        string? resume,
        JsonObject? positions,
        ClientTurns turns,
        long? turn)
    {
        JsonObject connect = new() { ["type"] = "connect" };
        if (resume is not null)
        {
            connect["resume"] = resume;
        }

        if (positions is not null)
        {
            connect["positions"] = positions.DeepClone();
        }

        if (turn is { } number)
        {
            connect["turn"] = number;
        }

        IClientLink link = await transport.OpenAsync(route, user, connect, turns).WithinAsync($"a {transport.Name} link");
        KnownPositions known = KnownPositions.From(positions);
        JsonElement answer = await ReceiveAsync(link, "the answer to connect");
        known.Take(answer);
        return new ContractClient(transport, link, user, known, turns, turn, answer);
    }

    private static async Task<JsonElement> ReceiveAsync(IClientLink link, string what)
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        try
        {
            return await link.ReceiveAsync(limit.Token)
                ?? throw new InvalidOperationException($"the link ended with {link.CloseCode} instead of {what}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"waited in vain for {what}");
        }
    }
}
