using System.Diagnostics.Metrics;
using Switchboard.Node.Cluster;
using Switchboard.Node.Connections;

namespace Switchboard.Node.Metrics;

/// <summary>What an edge of a cluster counts, as instruments of the meter "Switchboard.Node".</summary>
internal sealed class NodeMetrics : IDisposable
{
    public const string MeterName = "Switchboard.Node";

    private readonly Meter _meter;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _overflows;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _endings;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _renewals;

    public NodeMetrics(IMeterFactory? meters)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _batches = _meter.CreateCounter<long>(
            "switchboard.node.publish.batches", "{call}", "Calls that published to a room.");
        _messages = _meter.CreateCounter<long>(
            "switchboard.node.publish.messages", "{message}", "Messages in those calls.");
        _overflows = _meter.CreateCounter<long>(
            "switchboard.node.publish.overflows", "{message}", "Messages refused because too many waited for their room.");
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

    public void Published(int messages)
    {
        _batches.Add(1);
        _messages.Add(messages);
    }

    public void Overflowed() => _overflows.Add(1);

    public void CallFailed(Exception exception) =>
        _failures.Add(1, new KeyValuePair<string, object?>("kind", ClusterFaults.Kind(exception)));

    public void Claimed(ClaimOutcome outcome) =>
        _claims.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));

    public void GaveUp() => _endings.Add(1);

    public void Gap() => _gaps.Add(1);

    public void PassedOver(int entries) => _duplicates.Add(entries);

    public void RenewalFailed() => _renewals.Add(1);
}
