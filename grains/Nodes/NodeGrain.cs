using Orleans.Placement;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Nodes;

namespace Switchboard.Grains.Nodes;

/// <summary>Speaks for the silo that it is for, where it was placed by the one who calls it.</summary>
[PreferLocalPlacement]
[GrainType("switchboard.node")]
internal sealed class NodeGrain(LocalNode node, ILocalSiloDetails silo) : Grain, INodeGrain
{
    public async ValueTask<NodeReport?> ReportAsync() => IsHere() ? node.Report(await CountActivationsAsync()) : null;

    public ValueTask<bool> DrainAsync()
    {
        bool here = IsHere();
        if (here)
        {
            node.Stop();
        }

        return new(here);
    }

    private bool IsHere()
    {
        if (silo.SiloAddress.ToParsableString() == this.GetPrimaryKeyString())
        {
            return true;
        }

        // The silo was on its way down when the call came: the grain came up elsewhere.
        DeactivateOnIdle();
        return false;
    }

    private async Task<long?> CountActivationsAsync()
    {
        try
        {
            SiloRuntimeStatistics[] statistics =
                await GrainFactory.GetGrain<IManagementGrain>(0).GetRuntimeStatistics([silo.SiloAddress]);
            return statistics is [var own] ? own.ActivationCount : null;
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return null;
        }
    }
}
