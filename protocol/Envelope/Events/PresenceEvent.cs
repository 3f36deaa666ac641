namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to presence.</summary>
/// <param name="Id">The command's id; 0 for none.</param>
/// <param name="Room">The room.</param>
/// <param name="Presence">Who is in it.</param>
public readonly record struct PresenceEvent(long Id, string Room, PresenceInfo Presence);
