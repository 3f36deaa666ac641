using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>A connection as a server sees it.</summary>
/// <param name="Status">Ok, NoSuchConnection or Unavailable; the rest has a value only with Ok.</param>
/// <param name="User">Whose it is.</param>
/// <param name="IsAttached">Whether a socket holds it; else it is in its grace period.</param>
/// <param name="Rooms">The rooms that it is a member of.</param>
public sealed record ConnectionView(
    BackplaneStatus Status, UserName User, bool IsAttached, IReadOnlyList<RoomName> Rooms)
{
    /// <summary>The rooms that it is on its way into or out of.</summary>
    public IReadOnlyList<RoomName> Changing { get; init; } = [];

    /// <summary>The answer where there is no connection to see.</summary>
    public static ConnectionView Refuse(BackplaneStatus status) => new(status, default, false, []);
}
