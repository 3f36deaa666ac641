namespace Switchboard.Protocol.Envelope.Events;

/// <summary>A room's presence at one moment.</summary>
/// <param name="Kind">What the room tells.</param>
/// <param name="Version">Counts the changes of the room's presence.</param>
/// <param name="Count">How many members there are.</param>
/// <param name="Members">Who they are; not sent with <see cref="PresenceKind.Count"/>.</param>
public sealed record PresenceInfo(PresenceKind Kind, long Version, int Count, IReadOnlyList<MemberInfo> Members);
