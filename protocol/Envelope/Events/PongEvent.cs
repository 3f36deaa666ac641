namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to ping.</summary>
/// <param name="Id">The command's id; 0 for none.</param>
/// <param name="Time">The server's clock, in milliseconds since the Unix epoch.</param>
public readonly record struct PongEvent(long Id, long Time);
