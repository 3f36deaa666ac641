using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>A page of a feed's history.</summary>
/// <param name="Status">Ok, NotJoined, PositionUnknown, NoSuchConnection or Unavailable.</param>
/// <param name="Head">The feed's newest position.</param>
/// <param name="Entries">The entries, in the direction asked for.</param>
/// <param name="More">True when there is more in that direction.</param>
public readonly record struct HistoryResult(
    BackplaneStatus Status, Position Head, IReadOnlyList<FeedEntry> Entries, bool More);
