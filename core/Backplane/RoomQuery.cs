using Switchboard.Core.Rooms;

namespace Switchboard.Core.Backplane;

/// <summary>Which rooms are to be listed.</summary>
/// <param name="Pattern">A pattern in which <c>*</c> stands for any characters, also none; null for all rooms.</param>
/// <param name="After">Only rooms whose names come behind this, in ordinal order; null for all.</param>
/// <param name="Limit">How many at most, from 1.</param>
public sealed record RoomQuery(string? Pattern, string? After, int Limit)
{
    /// <summary>A page of rooms.</summary>
    /// <param name="all">All rooms there are, in any order.</param>
    /// <param name="more">Whether others follow that match.</param>
    public IReadOnlyList<RoomSummary> Take(IEnumerable<RoomSummary> all, out bool more) => Paging.Take(
        Pattern is null ? all : all.Where(room => NamePattern.Matches(Pattern, room.Room.Value)),
        static room => room.Room.Value,
        After,
        Limit,
        out more);
}
