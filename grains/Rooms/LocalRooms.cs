using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Backplane;

namespace Switchboard.Grains.Rooms;

/// <summary>The rooms that are active on this silo: published to without a message, and listed.</summary>
internal sealed class LocalRooms
{
    private readonly ConcurrentDictionary<string, RoomGrain> _rooms = new();

    public int Count => _rooms.Count;

    /// <summary>Their grains, as of now.</summary>
    public IEnumerable<RoomGrain> Grains => _rooms.Values;

    /// <summary>The rooms there are now. How many members one has is read while its grain may change it: it is as of a moment ago.</summary>
    public IEnumerable<RoomSummary> All =>
        _rooms.Select(static room => room.Value.Summary).Where(static summary => summary is not null).Select(static summary => summary!.Value);

    public void Enter(string name, RoomGrain room) => _rooms[name] = room;

    /// <summary>A room's grain is deactivated; the next one may be here already.</summary>
    public void Leave(string name, RoomGrain room) => _rooms.TryRemove(KeyValuePair.Create(name, room));

    public bool TryFind(string name, [NotNullWhen(true)] out RoomGrain? room) => _rooms.TryGetValue(name, out room);
}
