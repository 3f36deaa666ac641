namespace Switchboard.Gateway.Api.Requests;

/// <summary>A connection, or a user with all connections, that is to be ended.</summary>
internal sealed record DisconnectBody(string? Connection, string? User);
