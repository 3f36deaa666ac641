namespace Switchboard.Telemetry.Receiving;

/// <summary>A metric that was exported.</summary>
internal sealed record ReceivedMetric(string Service, string Instance, string Scope, string Name, string Unit);
