using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>Who is in a room.</summary>
/// <param name="Status">Ok, NotJoined, PresenceOff, NoSuchConnection or Unavailable.</param>
/// <param name="Presence">The snapshot with Ok, else null.</param>
public readonly record struct PresenceResult(BackplaneStatus Status, PresenceSnapshot? Presence);
