using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Switchboard.Testing.Programs;

namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>A driver program with any number of clients of one SDK: a command a line in, an event a line out.</summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // Longer than anything takes that a client waits for by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly RunningProgram _program;
    private readonly ConcurrentDictionary<string, DrivenClient> _clients = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<DriverEvent>> _questions = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _writing;
    private readonly Task _watching;
    private volatile bool _hasEnded;
    private long _id;

    private DriverProcess(string program, params string[] arguments)
    {
        _program = RunningProgram.StartTalking(program, arguments, OnLine);
        _writing = WriteAsync();
        _watching = WatchAsync();
    }

    /// <summary>The SDKs that there are.</summary>
    public static IReadOnlyList<string> Sdks { get; } = ["dotnet", "js"];

    /// <summary>Starts the driver of an SDK.</summary>
    public static DriverProcess Start(string sdk) => sdk == "dotnet"
        ? new DriverProcess("dotnet", Checkout.Program("tests/client-scenarios/drivers/dotnet", "Switchboard.ScenarioDriver"))
        : new DriverProcess("node", Checkout.PathOf("tests/client-scenarios/drivers/js/driver.mjs"));

    /// <summary>A new client, with a name that no other has.</summary>
    public DrivenClient Add(string name)
    {
        DrivenClient client = new(this, name);
        Assert.True(_clients.TryAdd(name, client), $"there is a client {name} already");
        return client;
    }

    /// <summary>Gives a command to a client without waiting for an answer.</summary>
    public void Say(string client, object command) => _lines.Writer.TryWrite(Write(client, 0, command));

    /// <summary>Gives a command to a client; its answer.</summary>
    /// <exception cref="DriverException">The client refused.</exception>
    public async Task<DriverEvent> AskAsync(string client, object command)
    {
        long id = Interlocked.Increment(ref _id);
        TaskCompletionSource<DriverEvent> question = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[id] = question;
        string line = Write(client, id, command);
        _lines.Writer.TryWrite(line);
        if (_hasEnded)
        {
            Fail();
        }

        DriverEvent answer;
        try
        {
            answer = await question.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"no answer to {line}; the driver wrote beside its events:\n{_program.Output}");
        }

        return answer.Text("code") is { } code ? throw new DriverException(code, $"{answer.Text("message")} (to {line})") : answer;
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.Complete();
        await _writing;
        await _program.KillAsync();
        await _watching;
        await _program.DisposeAsync();
    }

    private static string Write(string client, long id, object command)
    {
        JsonObject line = JsonSerializer.SerializeToNode(command, Json)!.AsObject();
        line["client"] = client;
        line["id"] = id;
        return line.ToJsonString();
    }

    private async Task WriteAsync()
    {
        await foreach (string line in _lines.Reader.ReadAllAsync())
        {
            try
            {
                await _program.SayAsync(line);
            }
            catch (IOException)
            {
                // It has ended; who waits for an answer is told what it said.
                return;
            }
        }
    }

    // Nobody waits for the answers of a driver that is gone.
    private async Task WatchAsync()
    {
        await _program.EndAsync(Timeout.InfiniteTimeSpan);
        _hasEnded = true;
        Fail();
    }

    private void Fail()
    {
        foreach (long id in _questions.Keys)
        {
            if (_questions.TryRemove(id, out TaskCompletionSource<DriverEvent>? question))
            {
                question.TrySetException(new InvalidOperationException($"the driver ended:\n{_program.Output}"));
            }
        }
    }

    private bool OnLine(string line)
    {
        if (!line.StartsWith('{'))
        {
            return false;
        }

        DriverEvent what = new(JsonDocument.Parse(line).RootElement);
        if (what.Name != "answer")
        {
            _clients[what.Client].OnEvent(what);
        }
        else if (_questions.TryRemove(what.Number("id"), out TaskCompletionSource<DriverEvent>? question))
        {
            question.TrySetResult(what);
        }

        return true;
    }
}
