namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to history.</summary>
/// <param name="Id">The command's id; 0 for none.</param>
/// <param name="Feed">The feed that was read.</param>
/// <param name="Head">The feed's newest position.</param>
/// <param name="Messages">The page, in the direction asked for.</param>
/// <param name="More">Whether there is more in that direction.</param>
public readonly record struct HistoryEvent(
    long Id, FeedRef Feed, FeedPosition Head, IReadOnlyList<FeedMessage> Messages, bool More);
