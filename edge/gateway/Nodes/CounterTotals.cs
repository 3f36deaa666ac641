using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Switchboard.Gateway.Metrics;

namespace Switchboard.Gateway.Nodes;

/// <summary>
/// Adds up what the gateway's rarer counters count, whatever their tags, by listening to them like any other reader of
/// metrics.
/// </summary>
internal sealed class CounterTotals : IDisposable
{
    private readonly FrozenDictionary<string, Total> _totals;
    private readonly MeterListener _listener;

    /// <param name="meters">Whose meter is meant, where a process has several gateways.</param>
    /// <param name="names">The counters.</param>
    public CounterTotals(IMeterFactory meters, params ReadOnlySpan<string> names)
    {
        _totals = names.ToArray().ToFrozenDictionary(static name => name, static _ => new Total());
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.MeterName
                    && ReferenceEquals(instrument.Meter.Scope, meters)
                    && _totals.TryGetValue(instrument.Name, out Total? total))
                {
                    listener.EnableMeasurementEvents(instrument, total);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>(
            static (_, measurement, _, total) => Interlocked.Add(ref ((Total)total!).Value, measurement));
        _listener.Start();
    }

    public long this[string name] => Volatile.Read(ref _totals[name].Value);

    public void Dispose() => _listener.Dispose();

    private sealed class Total
    {
        public long Value;
    }
}
