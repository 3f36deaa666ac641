using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>
/// A client that polls: one poll is always under way, and a command that can't wait for its end displaces it by another.
/// Every poll resumes from the positions of what was received.
/// </summary>
internal sealed class PollingLink(Func<Uri> address, int wait, JsonObject connect) : IClientLink
{
    private static readonly HttpClient Http = new() { Timeout = Patience.Limit + TimeSpan.FromSeconds(30) };

    // How often a client asks that does not wait for an answer.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource _dropped = new();
    private readonly KnownPositions _positions = KnownPositions.From(connect["positions"] as JsonObject);
    private volatile bool _retired;
    private string? _token;
    private Task _running = Task.CompletedTask;

    public int? CloseCode { get; private set; }

    public void Start() => _running = RunAsync();

    public Task SendAsync(string command) => _commands.Writer.WriteAsync(command).AsTask();

    public async ValueTask<JsonElement?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _events.Reader.WaitToReadAsync(cancellationToken) && _events.Reader.TryRead(out JsonElement next) ? next : null;

    public Task RetireAsync()
    {
        _retired = true;
        return wait == 0 ? _running : Task.CompletedTask;
    }

    public void Drop() => _dropped.Cancel();

    public async Task CloseAsync()
    {
        await _dropped.CancelAsync();
        await _running;
        JsonObject body = Body([]);
        body["close"] = true;
        await PostAsync(body, CancellationToken.None);
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
            if (Take(await PostAsync(FirstBody(), _dropped.Token), displaced: false))
            {
                await PollAsync();
            }
        }
        catch (OperationCanceledException) when (_dropped.IsCancellationRequested)
        {
            // As the test wanted it.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    private async Task PollAsync()
    {
        bool goesOn = true;
        while (goesOn && !_retired)
        {
            List<string> commands = TakeCommands();
            goesOn = commands.Count == 0 && wait > 0
                ? await WaitAsync()
                : Take(await PostAsync(Body(commands), _dropped.Token), displaced: false);
            if (wait == 0)
            {
                await Task.Delay(Pace, _dropped.Token);
            }
        }
    }

    private async Task<bool> WaitAsync()
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_dropped.Token);
        Task<JsonElement[]> poll = PostAsync(Body([]), over.Token);
        Task<bool> more = _commands.Reader.WaitToReadAsync(over.Token).AsTask();
        if (await Task.WhenAny(poll, more) == poll)
        {
            await over.CancelAsync();
            return Take(await poll, displaced: false);
        }

        // What the displaced poll has to say comes at once; what is in both is passed over.
        _dropped.Token.ThrowIfCancellationRequested();
        Task<JsonElement[]> next = PostAsync(Body(TakeCommands()), _dropped.Token);
        Take(await poll, displaced: true);
        return Take(await next, displaced: false);
    }

    private List<string> TakeCommands()
    {
        List<string> commands = [];
        while (commands.Count < 100 && _commands.Reader.TryRead(out string? command))
        {
            commands.Add(command);
        }

        return commands;
    }

    private JsonObject FirstBody()
    {
        JsonObject body = [];
        foreach (string field in new[] { "resume", "positions" })
        {
            if (connect[field] is { } value)
            {
                body[field] = value.DeepClone();
            }
        }

        return body;
    }

    private JsonObject Body(List<string> commands) => new()
    {
        ["resume"] = _token,
        ["positions"] = _positions.ToJson(),
        ["presence"] = _positions.PresenceToJson(),
        ["commands"] = new JsonArray([.. commands.Select(command => JsonNode.Parse(command))]),
        ["wait"] = wait,
    };

    private async Task<JsonElement[]> PostAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(address(), body, cancellationToken);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {text}");
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    /// <summary>Passes on what is new; false at the end.</summary>
    private bool Take(JsonElement[] events, bool displaced)
    {
        foreach (JsonElement what in events)
        {
            if (what.Type() == "closed")
            {
                if (!displaced && what.Number("code") >= 4400)
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
        }

        return _token is not null;
    }
}
