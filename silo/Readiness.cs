using Orleans.Runtime;

namespace Switchboard.Silo;

/// <summary>Whether the silo is a member of the cluster, and takes calls.</summary>
internal sealed class Readiness(IClusterMembershipService membership, ILocalSiloDetails silo, IHostApplicationLifetime lifetime)
{
    /// <summary>Why it is not; null where it is.</summary>
    public string? Problem
    {
        get
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return "stopping";
            }

            SiloStatus status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
            return status == SiloStatus.Active ? null : $"the cluster takes this silo to be {status}";
        }
    }
}
