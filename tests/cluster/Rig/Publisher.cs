using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>
/// Publishes numbered messages to a room, one after another, as a client should: each with a key, again and again until
/// it is acknowledged.
/// </summary>
internal sealed class Publisher : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TestConnection _connection;
    private readonly RoomName _room;
    private readonly Acknowledgements _news = new();
    private readonly List<(string Text, Position Position)> _acknowledged = [];
    private readonly Task _running;
    private volatile bool _stopped;

    public Publisher(TestConnection connection, RoomName room)
    {
        _connection = connection;
        _room = room;
        _running = RunAsync();
    }

    /// <summary>Once stopped: what was acknowledged, in its order.</summary>
    public IReadOnlyList<(string Text, Position Position)> Acknowledged => _acknowledged;

    /// <summary>Waits until so many more messages were acknowledged than at the time of the call.</summary>
    public Task ContinueAsync(int count, string phase) => _news.ContinueAsync(count, _running, phase);

    /// <summary>Ends with the message under way.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _running.WithinAsync("the last acknowledgement");
    }

    public void Dispose() => _news.Dispose();

    private async Task RunAsync()
    {
        await Task.Yield();
        for (int i = 1; !_stopped; i++)
        {
            string text = $"{_connection.User} {i}";
            PublishResult result;
            while ((result = await _connection.PublishAsync(_room, Message.Reliable(text, key: text))).Status
                == BackplaneStatus.Unavailable)
            {
                await Task.Delay(Pause);
            }

            Assert.Equal(BackplaneStatus.Ok, result.Status);
            _acknowledged.Add((text, result.Position));
            _news.Add();
        }
    }
}
