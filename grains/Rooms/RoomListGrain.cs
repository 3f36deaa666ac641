using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>Asks all silos for their rooms, and merges what they answer. One that does not answer leaves the page incomplete.</summary>
[StatelessWorker]
[GrainType("switchboard.rooms")]
internal sealed class RoomListGrain(IClusterMembershipService membership) : Grain, IRoomListGrain
{
    public async ValueTask<RoomPage> ListAsync(string? pattern, string? after, int limit)
    {
        Task<RoomPage?>[] asked =
        [
            .. membership.CurrentSnapshot.Members.Values
                .Where(static member => member.Status == SiloStatus.Active)
                .Select(member => AskAsync(member.SiloAddress, pattern, after, limit)),
        ];
        RoomPage?[] answers = await Task.WhenAll(asked);
        RoomPage[] pages = [.. answers.OfType<RoomPage>().Where(static page => page.Status == BackplaneStatus.Ok)];
        if (pages.Length == 0)
        {
            return new RoomPage(BackplaneStatus.Unavailable, [], false, false);
        }

        // A room that moves may be on two silos for a moment.
        IEnumerable<RoomSummary> all = pages.SelectMany(static page => page.Rooms).DistinctBy(static room => room.Room);
        IReadOnlyList<RoomSummary> page = new RoomQuery(null, null, limit).Take(all, out bool more);
        return new RoomPage(
            BackplaneStatus.Ok, page, more || pages.Any(static page => page.More), pages.Length == answers.Length);
    }

    private async Task<RoomPage?> AskAsync(SiloAddress silo, string? pattern, string? after, int limit)
    {
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            return await GrainFactory.GetGrain<IRoomIndexGrain>(silo.ToParsableString()).ListAsync(pattern, after, limit);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return null;
        }
    }
}
