using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.GrainInterfaces.Nodes;

namespace Switchboard.Grains;

/// <summary>The other silos, without those that stop as well: where the grains of a silo that stops can go.</summary>
internal sealed class StayingSilos(
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    IClusterManifestProvider manifests,
    IGrainFactory grains,
    TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Finds them, and waits for those that have just joined where there are no others; empty where all stop.</summary>
    public async Task<SiloAddress[]> FindAsync(CancellationToken cancel)
    {
        while (true)
        {
            SiloAddress[] others =
            [
                .. membership.CurrentSnapshot.Members.Values
                    .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(silo.SiloAddress))
                    .Select(member => member.SiloAddress),
            ];

            // One that has just joined is not known to have any grains before its manifest is here. What is to move there until
            // then is placed on this silo, which for a room is its end, and everybody else stays.
            SiloAddress[] known = [.. others.Where(manifests.Current.Silos.ContainsKey)];

            // Where all stop there is nowhere to go, and of two, each would hand to the other what it was handed.
            bool[] stop = await Task.WhenAll(known.Select(StopsAsync));
            SiloAddress[] staying = [.. known.Where((_, i) => !stop[i])];
            if (staying.Length > 0 || known.Length == others.Length)
            {
                return staying;
            }

            await Task.Delay(Look, time, cancel);
        }
    }

    private async Task<bool> StopsAsync(SiloAddress other)
    {
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, other);
            return await grains.GetGrain<INodeGrain>(other.ToParsableString()).ReportAsync() is { IsDraining: true };
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return false;
        }
    }
}
