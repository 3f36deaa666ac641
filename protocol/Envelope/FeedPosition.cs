namespace Switchboard.Protocol.Envelope;

/// <summary>A place in a feed: everything up to and including it has been seen.</summary>
/// <param name="Epoch">The life of the feed that the offset counts in.</param>
/// <param name="Offset">From 0, before the first message, to <see cref="EnvelopeLimits.MaxInteger"/>.</param>
public readonly record struct FeedPosition(ulong Epoch, long Offset);
