namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to publish.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Room">The room.</param>
/// <param name="Position">Where the message stands; null for a volatile one.</param>
/// <param name="Duplicate">Whether the key was seen before: the position is the first one's.</param>
public readonly record struct PublishedEvent(long Id, string Room, FeedPosition? Position, bool Duplicate);
