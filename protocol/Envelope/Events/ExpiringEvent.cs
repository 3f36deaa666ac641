namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A token ends soon: the client is asked for a fresh one.</summary>
/// <param name="Room">The room that the token is for; null for that of the connection.</param>
/// <param name="Seconds">In how many seconds the socket is closed, or the room left, if none comes.</param>
public readonly record struct ExpiringEvent(string? Room, int Seconds);
