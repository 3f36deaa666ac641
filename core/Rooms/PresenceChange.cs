using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>What changed between two versions of a room's presence. Changes are coalesced before they are sent.</summary>
/// <remarks>
/// It applies to any snapshot from <paramref name="After"/> to <paramref name="Version"/>: first who left (unknown
/// ones are passed over), then who joined and who was updated (both replace what is known of the connection). A
/// receiver whose version is <paramref name="Version"/> or newer passes it over; one whose version is older than
/// <paramref name="After"/> has missed something, and asks for the snapshot. One without any difference is there for
/// receivers to find that out.
/// </remarks>
/// <param name="Mode">Full or Count; with Count the three lists are empty.</param>
/// <param name="After">The oldest version it applies to.</param>
/// <param name="Version">The version it leads to.</param>
/// <param name="Count">How many members there are now.</param>
/// <param name="Joined">Who came.</param>
/// <param name="Left">Who went.</param>
/// <param name="Updated">Whose state changed.</param>
public sealed record PresenceChange(
    PresenceMode Mode,
    long After,
    long Version,
    int Count,
    IReadOnlyList<PresenceMember> Joined,
    IReadOnlyList<ConnectionId> Left,
    IReadOnlyList<PresenceMember> Updated);
