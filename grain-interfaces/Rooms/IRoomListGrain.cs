using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>Lists the rooms of all silos. Any of them answers; the key is 0.</summary>
[Alias("switchboard.rooms")]
public interface IRoomListGrain : IGrainWithIntegerKey
{
    /// <summary>A page of the rooms that are in use, by name.</summary>
    /// <param name="pattern">A pattern for the names; null for all.</param>
    /// <param name="after">Only rooms behind this name; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    [Alias("list")]
    [ResponseTimeout("00:00:08")]
    ValueTask<RoomPage> ListAsync(string? pattern, string? after, int limit);
}
