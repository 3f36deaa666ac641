namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A room as a member begins to receive it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Feed">Where live delivery of its feed begins.</param>
/// <param name="Presence">Who is in it, where that was asked for; else null.</param>
public readonly record struct RoomStart(string Room, FeedStart Feed, PresenceInfo? Presence);
