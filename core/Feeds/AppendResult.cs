namespace Switchboard.Core.Feeds;

/// <summary>What became of an append.</summary>
/// <param name="Position">Where the message stands; for a volatile one the feed's head.</param>
/// <param name="Entry">The new entry, to be delivered; null where its key was seen before.</param>
public readonly record struct AppendResult(Position Position, FeedEntry? Entry);
