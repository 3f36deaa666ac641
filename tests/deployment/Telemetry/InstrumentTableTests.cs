using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Gateway.Metrics;
using Switchboard.Grains.Metrics;
using Switchboard.Grains.Rooms;
using Switchboard.Node.Metrics;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Testing.Programs;
using Switchboard.Webhooks.Metrics;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>The table of metrics in docs/operations.md has every instrument that there is, and no other.</summary>
public sealed class InstrumentTableTests
{
    private readonly InstrumentRow[] _table = InstrumentRow.ReadAll();

    [Fact]
    public void Table_HasEveryInstrument_WithItsMeterKindAndUnit()
    {
        Assert.Equal(
            Instruments().Select(Describe).Order(),
            _table.Select(row => $"{row.Meter} {row.Name} {row.Kind} {row.Unit}").Order());
    }

    [Fact]
    public void Instrument_OfTime_KnowsItsBuckets()
    {
        // Those of OpenTelemetry are made for milliseconds, and would put all that takes less than 5 seconds into one.
        Assert.All(
            Instruments().OfType<Histogram<double>>(),
            histogram => Assert.InRange(histogram.Advice!.HistogramBucketBoundaries![0], 0.0001, 0.005));
    }

    [Fact]
    public void Metrics_OfEveryProject_AreInThisTest()
    {
        string[] classes =
        [
            .. Checkout.Sources()
                .Where(file => file.EndsWith("Metrics.cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(),
        ];

        Assert.Equal(["GatewayMetrics", "NodeMetrics", "SiloMetrics", "StorageMetrics", "WebhookMetrics"], classes);
    }

    private static string Describe(Instrument instrument)
    {
        string kind = instrument switch
        {
            Counter<long> or ObservableCounter<long> => "counter",
            UpDownCounter<long> or ObservableUpDownCounter<long> => "up-down",
            Histogram<double> => "histogram",
            _ => instrument.GetType().Name,
        };
        return $"{instrument.Meter.Name} {instrument.Name} {kind} {instrument.Unit}";
    }

    private static List<Instrument> Instruments()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory meters = services.GetRequiredService<IMeterFactory>();
        List<Instrument> instruments = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                instruments.Add(instrument);
            }
        };
        listener.Start();
        using GatewayMetrics gateway = new(meters);
        using NodeMetrics node = new(meters, TimeProvider.System);
        using SiloMetrics silo = new(new LocalRooms(), TimeProvider.System, meters);
        using StorageMetrics storage = new(meters);
        using WebhookMetrics webhooks = new(meters);
        return instruments;
    }
}
