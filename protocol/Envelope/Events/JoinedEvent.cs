namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to join.</summary>
/// <param name="Id">The command's id; 0 for none.</param>
/// <param name="Start">The room, and where its feed begins for the new member.</param>
public readonly record struct JoinedEvent(long Id, RoomStart Start);
