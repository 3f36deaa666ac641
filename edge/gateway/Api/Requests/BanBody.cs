namespace Switchboard.Gateway.Api.Requests;

/// <summary>A user who is to be banned.</summary>
internal sealed record BanBody(string? User, long? Seconds, string? Reason);
