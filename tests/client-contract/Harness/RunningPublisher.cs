using System.Globalization;
using System.Text.Json;

namespace Switchboard.ClientContract.Harness;

/// <summary>Publishes numbers to a room, from 0, one after the other, until it is stopped.</summary>
public sealed class RunningPublisher : IAsyncDisposable
{
    // Few enough for the history of any room to hold what a client misses that moves.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _news = new(0);
    private Task<int> _running = Task.FromResult(0);
    private int _acknowledged;

    private RunningPublisher()
    {
    }

    /// <summary>Starts one.</summary>
    /// <param name="client">Who publishes, a member of the room; the caller's to dispose of, and to leave alone meanwhile.</param>
    /// <param name="room">The room.</param>
    public static RunningPublisher Start(ContractClient client, string room)
    {
        RunningPublisher publisher = new();
        publisher._running = publisher.RunAsync(client, room);
        return publisher;
    }

    /// <summary>How many messages were acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Waits until so many messages were acknowledged since it began.</summary>
    public async Task ReachAsync(int count)
    {
        while (Acknowledged < count)
        {
            Task next = _news.WaitAsync();
            await (await Task.WhenAny(next, _running).WithinAsync($"acknowledgement {count}"));
        }
    }

    /// <summary>Stops it; returns how many messages were acknowledged.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _running.WithinAsync("the last acknowledgement");
    }

    /// <summary>Stops it, where that was not done.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _news.Dispose();
    }

    // A message that is not acknowledged is published again, with the same key, as a client does it.
    private async Task<int> RunAsync(ContractClient client, string room)
    {
        while (!_stop.IsCancellationRequested)
        {
            string number = _acknowledged.ToString(CultureInfo.InvariantCulture);
            JsonElement answer = await client.PublishAsync(room, number, $$""","key":"k{{number}}","echo":false""");
            Assert.True(answer.Type() == "published" || answer.Has("retry"), $"the publisher was told {answer}");
            if (answer.Type() == "published")
            {
                Interlocked.Increment(ref _acknowledged);
                _news.Release();
            }

            await Task.Delay(Pace, CancellationToken.None);
        }

        return _acknowledged;
    }
}
