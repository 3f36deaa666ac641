using System.Globalization;
using System.Text.Json;

namespace Switchboard.ClientContract.Harness;

/// <summary>Publishes numbers to a room, from 0, one after the other, until it is stopped.</summary>
public sealed class RunningPublisher : IAsyncDisposable
{
    // Few enough for the history of any room to hold what a client misses that moves.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task<int> _running = Task.FromResult(0);

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
    }

    // A message that is not acknowledged is published again, with the same key, as a client does it.
    private async Task<int> RunAsync(ContractClient client, string room)
    {
        int count = 0;
        while (!_stop.IsCancellationRequested)
        {
            string number = count.ToString(CultureInfo.InvariantCulture);
            JsonElement answer = await client.PublishAsync(room, number, $$""","key":"k{{number}}","echo":false""");
            Assert.True(answer.Type() == "published" || answer.Has("retry"), $"the publisher was told {answer}");
            count += answer.Type() == "published" ? 1 : 0;
            await Task.Delay(Pace, CancellationToken.None);
        }

        return count;
    }
}
