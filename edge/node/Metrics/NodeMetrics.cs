using System.Diagnostics.Metrics;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;

namespace Switchboard.Node.Metrics;

/// <summary>What an edge of a cluster counts, as instruments of the meter "Switchboard.Node".</summary>
internal sealed class NodeMetrics : IDisposable
{
    public const string MeterName = "Switchboard.Node";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _publish;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _overflows;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _withheld;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _endings;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _renewals;

    public NodeMetrics(IMeterFactory? meters, TimeProvider time)
    {
        _time = time;
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _batches = _meter.CreateCounter<long>(
            "switchboard.node.publish.batches", "{call}", "Calls that published to a room.");
        _messages = _meter.CreateCounter<long>(
            "switchboard.node.publish.messages", "{message}", "Messages in those calls.");
        _publish = _meter.CreateHistogram(
            "switchboard.node.publish.duration", "s", "How long such a call took, to the room's answer.", tags: null, Durations);
        _deliveries = _meter.CreateCounter<long>(
            "switchboard.node.delivery.batches", "{delivery}", "Deliveries that were taken, each of one feed.");
        _delivered = _meter.CreateCounter<long>(
            "switchboard.node.delivery.messages", "{message}", "Messages in those deliveries, without those seen before.");
        _overflows = _meter.CreateCounter<long>(
            "switchboard.node.publish.overflows", "{message}", "Messages refused because too many waited for their room.");
        _repeats = _meter.CreateCounter<long>(
            "switchboard.node.publish.repeats", "{message}", "Messages published again because their room had not answered.");
        _withheld = _meter.CreateCounter<long>(
            "switchboard.node.publish.withheld", "{message}", "Messages refused because one before them had failed.");
        _failures = _meter.CreateCounter<long>(
            "switchboard.node.calls.failed", "{call}", "Calls to the cluster whose outcome is unknown, by kind.");
        _claims = _meter.CreateCounter<long>(
            "switchboard.node.claims", "{claim}", "Connections claimed from the cluster, by outcome.");
        _endings = _meter.CreateCounter<long>(
            "switchboard.node.endings.given_up", "{connection}", "Ends of sockets that the cluster could not be told of.");
        _gaps = _meter.CreateCounter<long>(
            "switchboard.node.gaps", "{delivery}", "Deliveries not taken because this edge had seen less, or another epoch.");
        _duplicates = _meter.CreateCounter<long>(
            "switchboard.node.duplicates", "{message}", "Delivered messages passed over because they had been seen.");
        _renewals = _meter.CreateCounter<long>(
            "switchboard.node.renewals.failed", "{call}", "Renewals of the lease that were not answered.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>What durations count from.</summary>
    public long Begin() => _time.GetTimestamp();

    public void Published(int messages, long began)
    {
        _batches.Add(1);
        _messages.Add(messages);
        if (_publish.Enabled)
        {
            _publish.Record(_time.GetElapsedTime(began).TotalSeconds);
        }
    }

    public void Delivered(int messages)
    {
        _deliveries.Add(1);
        _delivered.Add(messages);
    }

    public void Overflowed() => _overflows.Add(1);

    public void Repeated(int messages) => _repeats.Add(messages);

    public void Withheld(int messages) => _withheld.Add(messages);

    public void CallFailed(Exception exception) =>
        _failures.Add(1, new KeyValuePair<string, object?>("kind", ClusterFaults.Kind(exception)));

    public void Claimed(ClaimOutcome outcome) =>
        _claims.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));

    public void GaveUp() => _endings.Add(1);

    public void Gap() => _gaps.Add(1);

    public void PassedOver(int entries) => _duplicates.Add(entries);

    public void RenewalFailed() => _renewals.Add(1);
}
