namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to send.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Position">Where the message stands in the receiver's feed; null for a volatile one.</param>
/// <param name="Duplicate">Whether the key was seen before: the position is the first one's.</param>
public readonly record struct SentEvent(long Id, FeedPosition? Position, bool Duplicate);
