namespace Switchboard.Protocol.Envelope.Events;

/// <summary>What the receiver has not seen of a feed up to a position is lost; delivery goes on after it.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Position">The position.</param>
public readonly record struct LostEvent(FeedRef Feed, FeedPosition Position);
