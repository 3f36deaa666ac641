using System.Reflection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace Switchboard.Telemetry;

/// <summary>Who exports, and how the receiver is reached.</summary>
internal sealed class OtlpTarget(TelemetryOptions options, string service, string instance)
{
    private const string Namespace = "switchboard";

    /// <summary>Which process this is; what <c>OTEL_RESOURCE_ATTRIBUTES</c> says is added.</summary>
    public ResourceBuilder Resource { get; } = ResourceBuilder.CreateEmpty()
        .AddService(service, Namespace, Version, autoGenerateServiceInstanceId: false, instance)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static string? Version =>
        typeof(OtlpTarget).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>Sets an exporter's options, for "metrics", "traces" or "logs".</summary>
    public void Configure(OtlpExporterOptions exporter, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{options.Endpoint.TrimEnd('/')}/v1/{signal}");
        exporter.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        if (options.Headers.Count > 0)
        {
            // It is read as OTEL_EXPORTER_OTLP_HEADERS is: a percent sign begins an escape.
            exporter.Headers = string.Join(
                ',', options.Headers.Select(static header => $"{header.Key}={header.Value}".Replace("%", "%25", StringComparison.Ordinal)));
        }
    }
}
