namespace Switchboard.Gateway.Api.Answers;

/// <summary>A ban.</summary>
/// <param name="User">Who.</param>
/// <param name="Until">When it ends, in milliseconds since 1970-01-01T00:00Z.</param>
/// <param name="Reason">What the user is told; null for nothing.</param>
internal sealed record BanItem(string User, long Until, string? Reason);
