using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract.Harness;

/// <summary>What a client has last seen of each of its feeds; null or absent for nothing to recover.</summary>
public sealed record Positions(Position? User, Position? Own, IReadOnlyDictionary<RoomName, Position> Rooms)
{
    /// <summary>Nothing to recover.</summary>
    public static readonly Positions None = new(null, null, new Dictionary<RoomName, Position>());

    /// <summary>The position of a room; null where there is none.</summary>
    public Position? Of(RoomName room) => Rooms.TryGetValue(room, out Position position) ? position : null;
}
