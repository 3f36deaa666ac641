using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Switchboard.Telemetry;

/// <summary>Puts the export of metrics, traces and logs into a program.</summary>
public static class TelemetryExtensions
{
    /// <summary>Exports by OTLP what the options ask for; without an endpoint nothing is added, and nothing listens.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="options">Where to; validated.</param>
    /// <param name="service">What the program is called there, as <c>service.name</c>.</param>
    /// <param name="instance">Which of its instances this is, as <c>service.instance.id</c>.</param>
    public static void AddSwitchboardTelemetry(
        this IHostApplicationBuilder builder, TelemetryOptions options, string service, string instance)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.IsOn)
        {
            return;
        }

        OtlpTarget target = new(options, service, instance);

        // Before all others: what they count while they start is exported, and what they end with, too.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(new Exporting(options, target)));
        if (options.Logs)
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeScopes = true;
                logs.IncludeFormattedMessage = true;
                logs.SetResourceBuilder(target.Resource).AddOtlpExporter(exporter => target.Configure(exporter, "logs"));
            });
        }
    }
}
