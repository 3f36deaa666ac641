using Orleans.Configuration;
using Orleans.Hosting;

namespace Switchboard.Grains;

/// <summary>How Switchboard's silos find out who is dead, and how long they wait; measured in docs/decisions.</summary>
public static class SiloDefaults
{
    /// <summary>How long a call may take before its outcome counts as unknown.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A silo that does not answer is found dead in a few seconds, and the grain directory outlives it.
    /// </summary>
    public static ISiloBuilder AddSwitchboardDefaults(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 3;

            // A probe by way of another silo gives up just before that silo can say that it heard nothing, so that a host which can't be
            // reached would hardly ever be found dead. Two votes say as much.
            options.EnableIndirectProbes = false;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);

            // Two votes declare a silo dead, unless fewer than three were heard of in three of these: most may die at once.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<SiloMessagingOptions>(static options =>
        {
            options.ResponseTimeout = ResponseTimeout;
            options.SystemResponseTimeout = ResponseTimeout;

            // So long a silo keeps what is for an edge whose connection has ended; then it goes by way of another silo.
            options.ClientDropTimeout = TimeSpan.FromSeconds(2);
        });
        // A host that is out of reach refuses nothing: who calls there waits for so long. A lost packet of the handshake is sent again after
        // one second.
        silo.Configure<ConnectionOptions>(static options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(2));
#pragma warning disable ORLEANSEXP003 // The default directory takes activations down with a silo that held their entries.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        return silo;
    }
}
