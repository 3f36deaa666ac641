using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Switchboard.Telemetry;

/// <summary>Exports metrics and traces for as long as the program runs; what is left, when it stops.</summary>
internal sealed class Exporting(TelemetryOptions options, OtlpTarget target) : IHostedService, IDisposable
{
    // Every meter and every source of traces of ours begins so.
    private const string Ours = "Switchboard.*";

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Metrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(target.Resource)
                .AddMeter([Ours, "System.Runtime", .. options.Meters])
                .AddOtlpExporter(Configure)
                .Build();
        }

        if (options.Traces)
        {
            // Which publishes are traced, the gateway decides before there is a span; one that it began is recorded everywhere.
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(target.Resource)
                .AddSource(Ours)
                .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
                .AddOtlpExporter(exporter => target.Configure(exporter, "traces"))
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Also where the host's time is over: what is left says why.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    /// <summary>Exports what is left, within the time-out of an export.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _traces, null)?.Dispose();
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, MetricReaderOptions reader)
    {
        target.Configure(exporter, "metrics");
        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Period.TotalMilliseconds;
    }
}
