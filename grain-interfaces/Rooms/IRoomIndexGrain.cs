using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>The rooms that are on one silo; its key is the silo's address.</summary>
[Alias("switchboard.room-index")]
public interface IRoomIndexGrain : IGrainWithStringKey
{
    /// <summary>A page of them, as of <see cref="IRoomListGrain"/>; Unavailable where the grain is not on that silo.</summary>
    [Alias("list")]
    [ResponseTimeout("00:00:05")]
    ValueTask<RoomPage> ListAsync(string? pattern, string? after, int limit);
}
