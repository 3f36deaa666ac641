using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Grains.Rooms;

/// <summary>The rooms that are active on this silo, which are published to without a message.</summary>
internal sealed class LocalRooms
{
    private readonly ConcurrentDictionary<string, RoomGrain> _rooms = new();

    public void Enter(string name, RoomGrain room) => _rooms[name] = room;

    public void Leave(string name, RoomGrain room) => _rooms.TryRemove(KeyValuePair.Create(name, room));

    public bool TryFind(string name, [NotNullWhen(true)] out RoomGrain? room) => _rooms.TryGetValue(name, out room);
}
