using System.Globalization;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>
/// Publishes the numbers from 1 to a room as the SDKs do: each with a key, many without waiting for answers. What was refused
/// for now goes again once nothing is under way, the oldest first, and before anything newer.
/// </summary>
internal sealed class PipelinedPublisher : IDisposable
{
    private const int Window = 64;

    // How many more are sent before the news of a refusal is there.
    private const int Late = 8;

    private const int Burst = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    private readonly TestConnection _connection;
    private readonly RoomName _room;
    private readonly Acknowledgements _news = new();
    private readonly Queue<(int Number, Task<PublishResult> Call)> _underWay = new();
    private readonly SortedSet<int> _refused = [];
    private readonly SortedDictionary<int, Position> _acknowledged = [];
    private readonly Task _running;
    private volatile bool _stopped;
    private int _last;

    public PipelinedPublisher(TestConnection connection, RoomName room)
    {
        _connection = connection;
        _room = room;
        _running = RunAsync();
    }

    /// <summary>Once stopped: what was acknowledged, which is everything.</summary>
    public IReadOnlyDictionary<int, Position> Acknowledged => _acknowledged;

    /// <summary>Once stopped: how many refusals there were.</summary>
    public int Refusals { get; private set; }

    public static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until so many more were acknowledged.</summary>
    public Task ContinueAsync(int count, string phase) => _news.ContinueAsync(count, _running, phase);

    /// <summary>Ends once all are acknowledged.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _running.WithinAsync("the last acknowledgement");
    }

    public void Dispose() => _news.Dispose();

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!_stopped || _underWay.Count > 0 || _refused.Count > 0)
        {
            if (_refused.Count == 0)
            {
                while (!_stopped && _underWay.Count < Window)
                {
                    Send(++_last);
                }
            }
            else if (_underWay.Count == 0)
            {
                await Task.Delay(Pause);
                foreach (int number in _refused)
                {
                    Send(number);
                }

                _refused.Clear();
            }

            if (_underWay.TryDequeue(out (int Number, Task<PublishResult> Call) oldest))
            {
                Take(oldest.Number, await oldest.Call);
                if (oldest.Number % Burst == 0)
                {
                    await Task.Delay(Pace);
                }
            }
        }
    }

    private void Take(int number, PublishResult result)
    {
        if (result.Status == BackplaneStatus.Unavailable)
        {
            for (int i = 0; i < Late && _refused.Count == 0; i++)
            {
                Send(++_last);
            }

            _refused.Add(number);
            Refusals++;
            return;
        }

        Assert.Equal(BackplaneStatus.Ok, result.Status);
        _acknowledged.Add(number, result.Position);
        _news.Add();
    }

    private void Send(int number)
    {
        string text = TextOf(number);
        _underWay.Enqueue((number, _connection.PublishAsync(_room, Message.Reliable(text, key: text))));
    }
}
