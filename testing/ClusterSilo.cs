using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.TestingHost;
using Switchboard.Testing.Membership;
using Switchboard.Testing.Time;

namespace Switchboard.Testing;

/// <summary>A silo of a <see cref="SwitchboardCluster"/>.</summary>
public sealed class ClusterSilo
{
    private readonly InProcessSiloHandle _handle;
    private readonly TableDoor _door;

    internal ClusterSilo(InProcessSiloHandle handle, TableDoor door)
    {
        _handle = handle;
        _door = door;
    }

    /// <summary>The name it has in the cluster.</summary>
    public string Name => _handle.Name;

    /// <summary>Where the other silos reach it; a silo that is started again has another one.</summary>
    public SiloAddress Address => _handle.SiloAddress;

    /// <summary>False once it was killed or stopped.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>What runs in it.</summary>
    public IServiceProvider Services => _handle.ServiceProvider;

    /// <summary>The silos that this one takes to be alive.</summary>
    internal IEnumerable<SiloAddress> Alive =>
        Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress);

    /// <summary>Ends as a process does that is killed: nobody is told, not even the table of members.</summary>
    internal Task KillAsync(TestCluster cluster)
    {
        IsRunning = false;
        StopClock();
        _door.Cut();
        // Orleans has no way to die without a word: what it would tell the other silos about its end, it does not tell.
        Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.UseLivenessGossip = false;
        return cluster.KillSiloAsync(_handle);
    }

    internal Task StopAsync(TestCluster cluster)
    {
        IsRunning = false;
        StopClock();
        return cluster.StopSiloAsync(_handle);
    }

    private void StopClock() => Services.GetService<ClockedTimers>()?.Stop();
}
