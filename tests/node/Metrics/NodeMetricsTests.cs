using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Metrics;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Metrics;

public sealed class NodeMetricsTests
{
    [Fact]
    public async Task Edge_CountsWhatItDoesAndWhatGoesWrong()
    {
        ConcurrentDictionary<string, long> counts = new();
        using NodeMeters meters = new();
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (meters.Made(instrument.Meter))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string tag = tags.IsEmpty ? string.Empty : $" {tags[0].Value}";
            string name = instrument.Name.Replace("switchboard.node.", string.Empty, StringComparison.Ordinal);
            counts.AddOrUpdate(name + tag, value, (_, sum) => sum + value);
        });
        listener.Start();
        await using NodeRig rig = await NodeRig.StartAsync(meters: meters);
        (OpenResult ann, FakeConnection grain) = await rig.JoinAsync();

        await rig.PublishAsync("a", ann.Connection);
        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1, 2));
        await rig.Sink.DeliverAsync(Deliver.Entries(0, 1, 2));
        await rig.Sink.DeliverAsync(Deliver.Entries(9, 10));
        grain.IsLost = true;
        await rig.Backplane.LeaveAsync(ann.Connection, Some.Room);
        rig.Cluster.Fault = new SiloUnavailableException("gone");
        await rig.PublishAsync("b");
        await Eventually.AdvanceUntilAsync(
            "a renewal", rig.Time, TimeSpan.FromSeconds(1), () => counts.ContainsKey("renewals.failed"));

        Assert.Equal(2, counts["publish.batches"]);
        Assert.Equal(2, counts["publish.messages"]);
        Assert.Equal(2, counts["duplicates"]);
        Assert.Equal(1, counts["gaps"]);
        Assert.Equal(1, counts["claims held"]);
        Assert.True(counts["calls.failed silo_unavailable"] >= 2);
    }

    // Tells this test's meter from those of others.
    private sealed class NodeMeters : IMeterFactory
    {
        private readonly ConcurrentBag<Meter> _meters = [];

        public bool Made(Meter meter) => _meters.Contains(meter);

        public Meter Create(MeterOptions options)
        {
            Assert.Equal(NodeMetrics.MeterName, options.Name);
            Meter meter = new(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose()
        {
            foreach (Meter meter in _meters)
            {
                meter.Dispose();
            }
        }
    }
}
