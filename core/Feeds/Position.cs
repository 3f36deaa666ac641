namespace Switchboard.Core.Feeds;

/// <summary>A place in a feed: everything up to and including <paramref name="Offset"/> has been seen.</summary>
/// <param name="Epoch">The life of the feed that the offset counts in.</param>
/// <param name="Offset">0 before the first entry, then 1, 2, 3 …</param>
public readonly record struct Position(Epoch Epoch, long Offset);
