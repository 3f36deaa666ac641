namespace Switchboard.Gateway.Api.Requests;

/// <summary>A user whose ban is to end.</summary>
internal sealed record UnbanBody(string? User);
