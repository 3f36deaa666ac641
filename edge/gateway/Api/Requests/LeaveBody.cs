namespace Switchboard.Gateway.Api.Requests;

/// <summary>A connection that is to leave a room.</summary>
internal sealed record LeaveBody(string? Connection, string? Room, string? Reason);
