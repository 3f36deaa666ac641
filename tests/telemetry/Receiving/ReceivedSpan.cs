namespace Switchboard.Telemetry.Receiving;

/// <summary>A span that was exported; ids in hexadecimal, the parent's empty for a root.</summary>
internal sealed record ReceivedSpan(string Service, string Instance, string Scope, string Name, string Trace, string Id, string Parent, string? Room);
