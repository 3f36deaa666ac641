namespace Switchboard.Client;

/// <summary>A page of a feed's history.</summary>
/// <typeparam name="T">What the feed holds.</typeparam>
/// <param name="Newest">The feed's newest position.</param>
/// <param name="Messages">In the order that was asked for.</param>
/// <param name="HasMore">Whether there are more in that direction.</param>
public sealed record HistoryPage<T>(Position Newest, IReadOnlyList<T> Messages, bool HasMore)
    where T : Message;
