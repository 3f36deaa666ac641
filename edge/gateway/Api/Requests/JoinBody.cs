namespace Switchboard.Gateway.Api.Requests;

/// <summary>A connection that is to join a room.</summary>
internal sealed record JoinBody(string? Connection, string? Room, bool? Presence, RawJson State);
