using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchboard.Telemetry.Receiving;

namespace Switchboard.Telemetry.Tests;

public sealed partial class ExportTests
{
    [Fact]
    public async Task Program_WithAnEndpoint_ExportsWhatIsOursAndWhatItIsTold()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        TelemetryOptions options = new() { Endpoint = receiver.Endpoint + "/" };
        options.Headers["X-Key"] = "secret%2C=1";
        options.Meters.Add("Other.*");

        await RunAsync(options);

        string[] metrics = [.. receiver.Metrics.Keys.Select(metric => $"{metric.Service} {metric.Instance} {metric.Scope} {metric.Name} {metric.Unit}")];
        Assert.Contains("program one Switchboard.Export switchboard.export {call}", metrics);
        Assert.Contains("program one Other.Export other.export ", metrics);
        Assert.Contains(metrics, metric => metric.StartsWith("program one System.Runtime ", StringComparison.Ordinal));
        Assert.DoesNotContain(metrics, metric => metric.Contains("foreign", StringComparison.Ordinal));
        ReceivedSpan parent = receiver.Spans.Single(span => span.Name == "parent");
        ReceivedSpan child = receiver.Spans.Single(span => span.Name == "child");
        Assert.Equal(("program", "one", "Switchboard.Export", ""), (parent.Service, parent.Instance, parent.Scope, parent.Parent));
        Assert.Equal((parent.Trace, parent.Id), (child.Trace, child.Parent));
        ReceivedLog line = receiver.Logs.Single(log => log.Scope == "Switchboard.Export");
        Assert.Equal("Connection c is in room r", line.Body);
        Assert.Equal(("c", "r"), (line.Fields["Connection"], line.Fields["Room"]));
        Assert.Equal("secret%2C=1", receiver.Headers["X-Key"]);
    }

    [Fact]
    public async Task Program_WhoseTimeToStopIsOver_ExportsWhatIsLeftAllTheSame()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using CancellationTokenSource over = new();
        await over.CancelAsync();

        await RunAsync(new TelemetryOptions { Endpoint = receiver.Endpoint }, over.Token);

        Assert.Contains(receiver.Metrics.Keys, static metric => metric.Name == "switchboard.export");
        Assert.Contains(receiver.Spans, static span => span.Name == "child");
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("traces")]
    [InlineData("logs")]
    public async Task Program_ToldToLeaveOneOut_ExportsTheOthers(string without)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();

        await RunAsync(new TelemetryOptions
        {
            Endpoint = receiver.Endpoint,
            Metrics = without != "metrics",
            Traces = without != "traces",
            Logs = without != "logs",
        });

        Assert.Equal(without == "metrics", receiver.Metrics.IsEmpty);
        Assert.Equal(without == "traces", receiver.Spans.IsEmpty);
        Assert.Equal(without == "logs", receiver.Logs.IsEmpty);
    }

    [Fact]
    public void Program_WithoutAnEndpoint_HasNothingAdded()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        int before = builder.Services.Count;

        builder.AddSwitchboardTelemetry(new TelemetryOptions(), "program", "one");

        Assert.Equal(before, builder.Services.Count);
    }

    private static async Task RunAsync(TelemetryOptions options, CancellationToken over = default)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddSwitchboardTelemetry(options, "program", "one");
        using IHost host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        using Meter ours = new("Switchboard.Export");
        using Meter other = new("Other.Export");
        using Meter foreign = new("Foreign.Export");
        ours.CreateCounter<long>("switchboard.export", "{call}").Add(1);
        other.CreateCounter<long>("other.export").Add(1);
        foreign.CreateCounter<long>("foreign.export").Add(1);
        using ActivitySource source = new("Switchboard.Export");
        using (source.StartActivity("parent"))
        {
            source.StartActivity("child")?.Dispose();
        }

        ILoggerFactory logs = (ILoggerFactory)host.Services.GetService(typeof(ILoggerFactory))!;
        LogMember(logs.CreateLogger("Switchboard.Export"), "c", "r");

        // A program that stops exports what it has.
        await host.StopAsync(over);
    }

    [LoggerMessage(1, LogLevel.Information, "Connection {Connection} is in room {Room}")]
    private static partial void LogMember(ILogger logger, string connection, string room);
}
