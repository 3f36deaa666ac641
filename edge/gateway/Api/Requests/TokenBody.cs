namespace Switchboard.Gateway.Api.Requests;

/// <summary>A token that is to be issued: for a user's connections with what they may do, or for one room.</summary>
internal sealed record TokenBody(string? User, long? Seconds, CapsBody?[]? Caps, string? Room, string?[]? Allow);
