namespace Switchboard.Gateway.Api.Requests;

/// <summary>What a token allows in rooms, or with users, by a pattern of names.</summary>
internal sealed record CapsBody(string? Rooms, string? Users, string?[]? Allow);
