using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>The rooms that are on this silo.</summary>
internal sealed class RoomIndex
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new();

    /// <summary>The rooms there are now. How many members one has is read while its grain may change it: it is as of a moment ago.</summary>
    public IEnumerable<RoomSummary> All =>
        _rooms.Select(static room => new RoomSummary(room.Value.Name, room.Value.MemberCount));

    public void Add(Room room) => _rooms[room.Name.Value] = room;

    /// <summary>A room's grain is deactivated; the next one may be here already.</summary>
    public void Remove(Room room) => _rooms.TryRemove(KeyValuePair.Create(room.Name.Value, room));
}
