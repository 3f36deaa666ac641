using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Connections;

/// <summary>
/// The rooms that a connection is in, or is on its way into or out of. A struct, so that it costs no object of its own.
/// </summary>
internal struct JoinedRooms
{
    private const int NotFound = -1;

    private List<JoinedRoom>? _all;

    /// <summary>How many there are, those under way included.</summary>
    public readonly int Count => _all?.Count ?? 0;

    /// <summary>Those that it is a member of.</summary>
    public readonly IReadOnlyList<RoomMembership> Memberships => _all is null
        ? []
        : [.. _all.Where(room => room.State == JoinedRoomState.Joined).Select(room => new RoomMembership(room.Room, room.Watches))];

    /// <summary>The names of those that it is a member of.</summary>
    public readonly IReadOnlyList<RoomName> Names =>
        _all is null ? [] : [.. _all.Where(room => room.State == JoinedRoomState.Joined).Select(room => room.Room)];

    /// <summary>The names of those that it is on its way into or out of.</summary>
    public readonly IReadOnlyList<RoomName> Changing =>
        _all is null ? [] : [.. _all.Where(room => room.State != JoinedRoomState.Joined).Select(room => room.Room)];

    public readonly bool Contains(RoomName room) => IndexOf(room) != NotFound;

    public readonly bool IsMemberOf(RoomName room) =>
        IndexOf(room) is var index && index != NotFound && _all![index].State == JoinedRoomState.Joined;

    public void Add(RoomName room, JoinedRoomState state, bool watches) =>
        (_all ??= new List<JoinedRoom>(1)).Add(new JoinedRoom(room, state, watches));

    /// <summary>Adds memberships that are not known yet.</summary>
    public void Adopt(IReadOnlyList<RoomMembership> rooms)
    {
        foreach (RoomMembership room in rooms)
        {
            if (!Contains(room.Room))
            {
                Add(room.Room, JoinedRoomState.Joined, room.Watches);
            }
        }
    }

    /// <summary>Notes how far it is with a room that is there.</summary>
    public readonly void Set(RoomName room, JoinedRoomState state)
    {
        int index = IndexOf(room);
        _all![index] = _all[index] with { State = state };
    }

    /// <summary>Takes out a room that is there.</summary>
    public readonly void Remove(RoomName room) => _all!.RemoveAt(IndexOf(room));

    private readonly int IndexOf(RoomName room) =>
        _all is null ? NotFound : _all.FindIndex(candidate => candidate.Room == room);
}
