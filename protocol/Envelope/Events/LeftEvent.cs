namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A membership ended: the answer to leave, or the server's own doing.</summary>
/// <param name="Id">The command's id; 0 for none.</param>
/// <param name="Room">The room.</param>
/// <param name="Reason">Why the server did it; null after a leave.</param>
public readonly record struct LeftEvent(long Id, string Room, string? Reason);
