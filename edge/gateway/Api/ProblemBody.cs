namespace Switchboard.Gateway.Api;

/// <summary>A problem as it is written (RFC 9457 §3).</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, bool? Retry);
