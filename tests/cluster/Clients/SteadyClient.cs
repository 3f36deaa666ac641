using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Switchboard.ClientContract;
using Switchboard.ClientContract.Harness;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>
/// A client that only receives, and comes back whenever its link ends: on whichever edge answers, over the same transport,
/// from its last positions.
/// </summary>
internal sealed class SteadyClient : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Func<ClientRoute> _route;
    private readonly ConcurrentQueue<string> _received = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _running;
    private ContractClient _client;
    private volatile bool _stopped;

    /// <summary>Receives from now on.</summary>
    /// <param name="client">Connected, and in its room.</param>
    /// <param name="route">Where it tries to come back; asked at each try.</param>
    public SteadyClient(ContractClient client, Func<ClientRoute> route)
    {
        _client = client;
        _route = route;
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
            throw new TimeoutException($"{_received.Count} messages of {count} {what}");
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

    // Null for what a client tries again.
    private async Task<ContractClient?> TryResumeAsync()
    {
        ContractClient resumed;
        try
        {
            resumed = await _client.ResumeAsync(_route());
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
