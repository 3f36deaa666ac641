using System.Collections.Concurrent;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Listening;

/// <summary>Looks at everything with time-outs, over and over: one timer for all connections.</summary>
internal sealed class Sweeper : IDisposable
{
    private readonly ConcurrentDictionary<ISweepable, byte> _all = new();
    private readonly CoarseClock _clock;
    private readonly ITimer _timer;

    public Sweeper(CoarseClock clock, TimeProvider time, TimeSpan period)
    {
        _clock = clock;
        _timer = time.CreateTimer(static self => ((Sweeper)self!).Sweep(), this, period, period);
    }

    public void Add(ISweepable one) => _all.TryAdd(one, 0);

    public void Remove(ISweepable one) => _all.TryRemove(one, out _);

    /// <summary>Everything that is there now.</summary>
    public IEnumerable<ISweepable> All => _all.Select(static one => one.Key);

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        long now = _clock.Tick();
        foreach (KeyValuePair<ISweepable, byte> one in _all)
        {
            one.Key.Sweep(now);
        }
    }
}
