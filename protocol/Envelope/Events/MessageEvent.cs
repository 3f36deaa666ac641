namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A message for the receiver of a feed.</summary>
/// <param name="Feed">The feed it came from.</param>
/// <param name="Message">The message.</param>
public readonly record struct MessageEvent(FeedRef Feed, FeedMessage Message);
