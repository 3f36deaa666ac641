using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>What became of a publish.</summary>
/// <param name="Status">Ok, NotJoined, PayloadTooLarge, Refused, NoSuchConnection or Unavailable.</param>
/// <param name="Position">Where it stands; for a volatile message the feed's head when it was sent.</param>
/// <param name="Duplicate">True when its key was seen before: the position is the first one's, nothing was published.</param>
public readonly record struct PublishResult(BackplaneStatus Status, Position Position, bool Duplicate);
