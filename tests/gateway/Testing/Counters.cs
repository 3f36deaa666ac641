using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Metrics;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>What one host's gateway has counted since this listens, by the last words of the instrument's name, and with
/// its tags behind it. Of a histogram, how often something was recorded.</summary>
internal sealed class Counters : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();

    public Counters(GatewayHost host)
    {
        IMeterFactory factory = host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GatewayMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, 1, tags));
        _listener.Start();
    }

    public long this[string name] => _sums.GetValueOrDefault("switchboard.gateway." + name);

    /// <summary>Asks those that only tell when they are asked; what they tell is added up.</summary>
    public void Ask() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
        if (!tags.IsEmpty)
        {
            string tagged = name + " " + string.Join(' ', tags.ToArray().Select(tag => tag.Value));
            _sums.AddOrUpdate(tagged, value, (_, sum) => sum + value);
        }
    }
}
