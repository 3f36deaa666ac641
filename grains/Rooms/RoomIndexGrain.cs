using Orleans.Placement;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>Lists the rooms of the silo that it is for, where it was placed by the one who calls it.</summary>
[PreferLocalPlacement]
[GrainType("switchboard.room-index")]
internal sealed class RoomIndexGrain(GrainServices services, ILocalSiloDetails silo) : Grain, IRoomIndexGrain
{
    public ValueTask<RoomPage> ListAsync(string? pattern, string? after, int limit)
    {
        if (silo.SiloAddress.ToParsableString() != this.GetPrimaryKeyString())
        {
            // The silo was on its way down when the call came: the grain came up elsewhere.
            DeactivateOnIdle();
            return new(new RoomPage(BackplaneStatus.Unavailable, [], false, false));
        }

        IReadOnlyList<RoomSummary> page =
            new RoomQuery(pattern, after, limit).Take(services.LocalRooms.All, out bool more);
        return new(new RoomPage(BackplaneStatus.Ok, page, more, true));
    }
}
