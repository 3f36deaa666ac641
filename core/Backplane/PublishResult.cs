using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>What became of a publish.</summary>
/// <param name="Status">Ok, NotJoined, PayloadTooLarge, Refused, RefusedByLogic, NoSuchConnection or Unavailable.</param>
/// <param name="Position">
/// Where it stands; for a volatile message, and for one that the room's logic has consumed, the feed's head at that time.
/// </param>
/// <param name="Duplicate">True when its key was seen before: the position is the first one's, nothing was published.</param>
public readonly record struct PublishResult(BackplaneStatus Status, Position Position, bool Duplicate);
