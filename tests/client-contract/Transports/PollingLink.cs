using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>
/// A client that polls, one poll after the other, each from the positions of what was received. A command that comes while
/// a poll waits is sent to it by a request of its own.
/// </summary>
internal sealed class PollingLink(Func<string, Uri> address, int wait, JsonObject connect, ClientTurns turns) : IClientLink
{
    private static readonly HttpClient Http = new() { Timeout = Patience.Limit + TimeSpan.FromSeconds(30) };

    // How often a client asks that does not wait for an answer.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource _dropped = new();
    private readonly KnownPositions _positions = KnownPositions.From(connect["positions"] as JsonObject);
    private volatile bool _retired;
    private List<string> _unsent = [];
    private long _sequence = 1;
    private string? _token;
    private Task _running = Task.CompletedTask;

    public int? CloseCode { get; private set; }

    public void Start() => _running = RunAsync();

    public Task SendAsync(string command) => _commands.Writer.WriteAsync(command).AsTask();

    public async ValueTask<JsonElement?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _events.Reader.WaitToReadAsync(cancellationToken) && _events.Reader.TryRead(out JsonElement next) ? next : null;

    public void Retire() => _retired = true;

    public void Drop() => _dropped.Cancel();

    public async Task CloseAsync()
    {
        // The poll that waits is answered with this.
        _retired = true;
        _commands.Writer.TryWrite("""{"type":"ping"}""");
        await _running;
        JsonObject body = Body([], turns.Next());
        body["close"] = true;
        await PollAsync(body, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _dropped.CancelAsync();
        await _running;
        _dropped.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            if (Take(await PollAsync(FirstBody(), _dropped.Token)))
            {
                await PollUntilEndAsync();
            }
        }
        catch (Exception e) when (e is HttpRequestException || (_dropped.IsCancellationRequested && e is OperationCanceledException))
        {
            // As the test wanted it, or the edge has died: the end of the link is told as such.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    private async Task PollUntilEndAsync()
    {
        bool goesOn = true;
        while (goesOn && TryTakeTurn(out long turn))
        {
            List<string> commands = TakeCommands();
            goesOn = commands.Count == 0 && wait > 0
                ? await WaitAsync(turn)
                : Take(await PollAsync(Body(commands, turn), _dropped.Token));
            if (wait == 0)
            {
                await Task.Delay(Pace, _dropped.Token);
            }
        }
    }

    // Whoever takes over has a later turn than the last poll: its number is taken first, and looked up after that.
    private bool TryTakeTurn(out long turn)
    {
        turn = turns.Next();
        return !_retired;
    }

    private async Task<bool> WaitAsync(long turn)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_dropped.Token);
        Task<JsonElement[]> poll = PollAsync(Body([], turn), _dropped.Token);
        Task<bool> more = _commands.Reader.WaitToReadAsync(over.Token).AsTask();
        if (await Task.WhenAny(poll, more) == more && !_dropped.IsCancellationRequested)
        {
            await SendWhileAsync(poll);
        }

        await over.CancelAsync();
        return Take(await poll);
    }

    // The poll may not have come in yet, or be over already: then nothing is taken.
    private async Task SendWhileAsync(Task poll)
    {
        _unsent = TakeCommands();
        while (!poll.IsCompleted && _unsent.Count > 0)
        {
            using HttpResponseMessage response = await Http.PostAsJsonAsync(
                address("/fallback/send"), Body(_unsent), _dropped.Token);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                _unsent = [];
                _sequence++;
                return;
            }

            await SendRefusal.ShouldPassAsync(response, _dropped.Token);
            await Task.WhenAny(poll, Task.Delay(Pace, _dropped.Token));
        }
    }

    private List<string> TakeCommands()
    {
        List<string> commands = _unsent;
        _unsent = [];
        while (commands.Count < 100 && _commands.Reader.TryRead(out string? command))
        {
            _positions.TakeCommand(JsonNode.Parse(command)!);
            commands.Add(command);
        }

        return commands;
    }

    private JsonObject FirstBody()
    {
        JsonObject body = [];
        foreach (string field in new[] { "resume", "positions", "turn" })
        {
            if (connect[field] is { } value)
            {
                body[field] = value.DeepClone();
            }
        }

        return body;
    }

    private JsonObject Body(List<string> commands, long turn)
    {
        JsonObject body = Body(commands);
        body["turn"] = turn;
        return body;
    }

    private JsonObject Body(List<string> commands) => new()
    {
        ["resume"] = _token,
        ["positions"] = _positions.ToJson(),
        ["presence"] = _positions.PresenceToJson(),
        ["commands"] = new JsonArray([.. commands.Select(command => JsonNode.Parse(command))]),
        ["wait"] = wait,
        ["seq"] = _sequence,
    };

    private async Task<JsonElement[]> PollAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(address("/fallback/poll"), body, cancellationToken);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode >= 500, $"{response.StatusCode} {text}");
        response.EnsureSuccessStatusCode();
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    /// <summary>Passes on what is new; false at the end.</summary>
    private bool Take(JsonElement[] events)
    {
        foreach (JsonElement what in events)
        {
            if (what.Type() == "closed")
            {
                if (what.Number("code") >= 4400)
                {
                    CloseCode = (int)what.Number("code");
                    return false;
                }

                continue;
            }

            bool first = _token is null;
            if (what.Type() == "welcome")
            {
                _token = what.Text("resume");
            }

            // What a resumed connection has seen before, its first poll was told by the test.
            if (_positions.Take(what) || first)
            {
                _events.Writer.TryWrite(what);
            }

            if (!first && what.Type() == "error" && what.Text("code").StartsWith("resume_", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return _token is not null;
    }
}
