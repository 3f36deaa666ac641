namespace Switchboard.Client;

/// <summary>Who is in a room at one time.</summary>
/// <param name="IsFull">Whether <paramref name="Members"/> lists all of them; large rooms only count.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Members">Who; empty where the room only counts.</param>
public sealed record PresenceSnapshot(bool IsFull, int Count, IReadOnlyList<Member> Members);
