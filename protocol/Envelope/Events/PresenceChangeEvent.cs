namespace Switchboard.Protocol.Envelope.Events;

/// <summary>What changed between two versions of a room's presence. Lists that are empty are not sent.</summary>
/// <param name="Room">The room.</param>
/// <param name="After">The oldest version it applies to.</param>
/// <param name="Version">The version it leads to.</param>
/// <param name="Count">How many members there are now.</param>
/// <param name="Joined">Who came.</param>
/// <param name="Left">The ids of the connections that went.</param>
/// <param name="Updated">Whose state changed.</param>
public readonly record struct PresenceChangeEvent(
    string Room,
    long After,
    long Version,
    int Count,
    IReadOnlyList<MemberInfo> Joined,
    IReadOnlyList<string> Left,
    IReadOnlyList<MemberInfo> Updated);
