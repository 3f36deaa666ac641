using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Switchboard.ClientContract;
using Switchboard.ClientContract.Harness;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>
/// A client that only receives, and comes back whenever its link ends: on whichever edge answers, over the same transport,
/// from its last positions. Where its connection is over, it connects anew and joins its room from where it was.
/// </summary>
internal sealed class SteadyClient : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Func<ClientRoute> _route;
    private readonly Func<Task<ContractClient>> _connect;
    private readonly string _room;
    private readonly string _epoch;
    private long _seen;
    private readonly ConcurrentQueue<string> _received = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _running;
    private ContractClient _client;
    private volatile bool _stopped;

    /// <summary>Receives from now on.</summary>
    /// <param name="client">Connected, and in its room.</param>
    /// <param name="joined">The answer to its join.</param>
    /// <param name="route">Where it tries to come back; asked at each try.</param>
    /// <param name="connect">Begins a connection anew.</param>
    public SteadyClient(ContractClient client, JsonElement joined, Func<ClientRoute> route, Func<Task<ContractClient>> connect)
    {
        _client = client;
        _route = route;
        _connect = connect;
        _room = joined.Text("room");
        _epoch = joined.Text("epoch");
        _seen = joined.Number("offset");
        _running = RunAsync();
    }

    /// <summary>The payloads so far, as JSON texts.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    /// <summary>How often it came back.</summary>
    public int Resumes { get; private set; }

    /// <summary>Waits until so many messages have come since it began.</summary>
    public async Task CountAsync(int count, string what)
    {
        using CancellationTokenSource limit = new(2 * Patience.Limit);
        try
        {
            while (_received.Count < count)
            {
                Task next = _news.WaitAsync(limit.Token);
                await await Task.WhenAny(next, _running);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{_client.User}: {_received.Count} messages of {count} {what}; the last one was {_received.LastOrDefault()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        _client.Drop();
        await _running;
        await _client.DisposeAsync();
        _news.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!_stopped)
        {
            if (await _client.MessageOrEndAsync() is { } message)
            {
                _received.Enqueue(message.GetProperty("data").GetRawText());
                _seen = message.Number("offset");
                _news.Release();
            }
            else if (!_stopped)
            {
                await ComeBackAsync();
            }
        }
    }

    private async Task ComeBackAsync()
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!_stopped)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.Limit, "no edge has taken the client back");
            if (await TryResumeAsync() is { } resumed)
            {
                await _client.DisposeAsync();
                _client = resumed;
                Resumes++;
                return;
            }

            await Task.Delay(Pause);
        }
    }

    private async Task<ContractClient> JoinAnewAsync()
    {
        ContractClient anew = await _connect();
        string position = string.Create(CultureInfo.InvariantCulture, $$""","position":{"epoch":"{{_epoch}}","offset":{{_seen}}}""");
        JsonElement joined = await anew.JoinAsync(_room, position);
        Assert.True(joined.GetProperty("recovered").GetBoolean());
        return anew;
    }

    // Null for what a client tries again.
    private async Task<ContractClient?> TryResumeAsync()
    {
        ContractClient resumed;
        try
        {
            resumed = await _client.ResumeAsync(_route());
            if (resumed.Answer.Type() == "error" && resumed.Answer.Text("code") == "resume_expired")
            {
                await resumed.DisposeAsync();
                return await JoinAnewAsync();
            }
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException)
        {
            // The edge is gone, or its link ended before an answer came.
            return null;
        }

        JsonElement answer = resumed.Answer;
        if (answer.Type() == "welcome")
        {
            return resumed;
        }

        Assert.True(answer.Has("retry"), string.Create(CultureInfo.InvariantCulture, $"the client was told {answer}"));
        await resumed.DisposeAsync();
        return null;
    }
}
