using System.Collections.Concurrent;

namespace Switchboard.Cli.Bench;

/// <summary>What a benchmark counts while it runs; from any thread.</summary>
internal sealed class BenchCounts
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private long _connected;
    private long _published;
    private long _acknowledged;
    private long _inFlight;
    private long _delivered;
    private long _lastDelivered;
    private long _duplicates;
    private long _disordered;

    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>Publishes that were begun.</summary>
    public long Published => Interlocked.Read(ref _published);

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Publishes that are not answered yet.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>The time stamp of the last delivery; 0 for none.</summary>
    public long LastDelivered => Interlocked.Read(ref _lastDelivered);

    /// <summary>Deliveries of what was delivered to the same connection before.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Deliveries at another place of the room's order than somebody else had them at.</summary>
    public long Disordered => Interlocked.Read(ref _disordered);

    /// <summary>Errors by their code.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    /// <summary>From the call to a receiver's handler.</summary>
    public LatencyHistogram Latency { get; } = new();

    public void OnConnected() => Interlocked.Increment(ref _connected);

    public void OnPublishing()
    {
        Interlocked.Increment(ref _published);
        Interlocked.Increment(ref _inFlight);
    }

    public void OnAcknowledged() => Interlocked.Increment(ref _acknowledged);

    public void OnAnswered() => Interlocked.Decrement(ref _inFlight);

    /// <param name="now">The time stamp.</param>
    /// <param name="latency">Since the publish.</param>
    public void OnDelivered(long now, TimeSpan latency)
    {
        Interlocked.Exchange(ref _lastDelivered, now);
        Interlocked.Increment(ref _delivered);
        Latency.Record(latency);
    }

    public void OnDuplicate() => Interlocked.Increment(ref _duplicates);

    public void OnDisorder() => Interlocked.Increment(ref _disordered);

    public void OnError(string code) => _errors.AddOrUpdate(code, 1, static (_, count) => count + 1);
}
