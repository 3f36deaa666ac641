using System.Diagnostics.Metrics;
using Switchboard.Core.Feeds;
using Switchboard.Grains.Rooms;

namespace Switchboard.Grains.Metrics;

/// <summary>What a silo counts, as instruments of the meter "Switchboard.Silo".</summary>
internal sealed class SiloMetrics : IDisposable
{
    public const string MeterName = "Switchboard.Silo";

    private static readonly string[] Kinds = ["room", "user", "connection"];

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly long[] _grains = new long[Kinds.Length];
    private readonly Counter<long> _activations;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _publish;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _resent;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _delivery;

    public SiloMetrics(LocalRooms rooms, TimeProvider time, IMeterFactory? meters)
    {
        _time = time;
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter(
            "switchboard.silo.rooms", () => (long)rooms.Count, "{room}", "Rooms on this silo.");
        _meter.CreateObservableUpDownCounter(
            "switchboard.silo.grains", CountGrains, "{grain}", "Grains that are active on this silo, by kind.");
        _activations = _meter.CreateCounter<long>(
            "switchboard.silo.activations", "{activation}", "Grains that came up on this silo, by kind.");
        _batches = _meter.CreateCounter<long>(
            "switchboard.silo.publish.batches", "{batch}", "Batches that edges published to a room.");
        _messages = _meter.CreateCounter<long>(
            "switchboard.silo.publish.messages", "{message}", "Messages in those batches.");
        _publish = _meter.CreateHistogram(
            "switchboard.silo.publish.duration",
            "s",
            "From a batch's arrival at its room to the answer, with the commit of a durable one.",
            tags: null,
            Durations);
        _calls = _meter.CreateCounter<long>(
            "switchboard.silo.delivery.calls", "{call}", "Calls that delivered to an edge.");
        _deliveries = _meter.CreateCounter<long>(
            "switchboard.silo.delivery.batches", "{delivery}", "Deliveries in those calls, each of one feed.");
        _delivered = _meter.CreateCounter<long>(
            "switchboard.silo.delivery.messages", "{message}", "Messages in those deliveries.");
        _resent = _meter.CreateCounter<long>(
            "switchboard.silo.delivery.resends", "{delivery}", "Deliveries that have to be sent again, by reason.");
        _lost = _meter.CreateCounter<long>(
            "switchboard.silo.delivery.losses", "{notice}", "Edges told that messages were lost, as too much waited for them.");
        _delivery = _meter.CreateHistogram(
            "switchboard.silo.delivery.duration", "s", "How long an edge took to take a call.", tags: null, Durations);
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>What durations count from.</summary>
    public long Begin() => _time.GetTimestamp();

    public void Activated(FeedKind kind)
    {
        Interlocked.Increment(ref _grains[(int)kind]);
        _activations.Add(1, Tag(kind));
    }

    public void Deactivated(FeedKind kind) => Interlocked.Decrement(ref _grains[(int)kind]);

    public void Published(int messages, long began)
    {
        _batches.Add(1);
        _messages.Add(messages);
        if (_publish.Enabled)
        {
            _publish.Record(_time.GetElapsedTime(began).TotalSeconds);
        }
    }

    public void Called(int deliveries, int messages, long began)
    {
        _calls.Add(1);
        _deliveries.Add(deliveries);
        _delivered.Add(messages);
        if (_delivery.Enabled)
        {
            _delivery.Record(_time.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <summary>An edge had seen less than a delivery goes on from.</summary>
    public void Behind() => _resent.Add(1, new KeyValuePair<string, object?>("reason", "behind"));

    /// <summary>An edge did not take a delivery.</summary>
    public void Failed() => _resent.Add(1, new KeyValuePair<string, object?>("reason", "failed"));

    public void Lost() => _lost.Add(1);

    private static KeyValuePair<string, object?> Tag(FeedKind kind) => new("kind", Kinds[(int)kind]);

    private IEnumerable<Measurement<long>> CountGrains() =>
        Enum.GetValues<FeedKind>().Select(kind => new Measurement<long>(Interlocked.Read(ref _grains[(int)kind]), Tag(kind)));
}
