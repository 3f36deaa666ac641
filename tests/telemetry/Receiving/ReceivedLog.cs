namespace Switchboard.Telemetry.Receiving;

/// <summary>A line of a log that was exported, with its fields.</summary>
internal sealed record ReceivedLog(string Service, string Scope, string Body, IReadOnlyDictionary<string, string> Fields);
