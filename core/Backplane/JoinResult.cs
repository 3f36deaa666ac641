using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>A room that was joined.</summary>
/// <param name="Status">Ok, AlreadyJoined, TooManyRooms, RoomFull, StateTooLarge, NoSuchConnection or Unavailable; NotJoined for a rejoin.</param>
/// <param name="Feed">Where live delivery begins and what was missed.</param>
/// <param name="WantsPresence">Whether the member is told of the others.</param>
/// <param name="Presence">The snapshot, where it was asked for; else null.</param>
public readonly record struct JoinResult(
    BackplaneStatus Status, Recovery Feed, bool WantsPresence, PresenceSnapshot? Presence);
