using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>Lets silos hear at once which grains the others have, but for those that a test holds at what they know.</summary>
internal sealed class ManifestGate
{
    private readonly Lock _lock = new();
    private readonly List<Guarded> _silos = [];

    public void Guard(IServiceCollection services)
    {
        ServiceDescriptor own = services.Last(static service => service.ServiceType == typeof(IClusterManifestProvider));
        services.AddSingleton<IClusterManifestProvider>(
            provider => Add(new Guarded((IClusterManifestProvider)own.ImplementationFactory!(provider))));
    }

    /// <summary>The silos that run now hear of no other from here on.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _silos.ForEach(static silo => silo.Hold());
        }
    }

    /// <summary>They hear of all there are.</summary>
    public void LetGo()
    {
        lock (_lock)
        {
            _silos.ForEach(static silo => silo.LetGo());
        }
    }

    private Guarded Add(Guarded silo)
    {
        lock (_lock)
        {
            _silos.Add(silo);
        }

        return silo;
    }

    private sealed class Guarded(IClusterManifestProvider own) : IClusterManifestProvider
    {
        private volatile ClusterManifest? _held;

        public ClusterManifest Current => _held ?? own.Current;

        public IAsyncEnumerable<ClusterManifest> Updates => own.Updates;

        public GrainManifest LocalGrainManifest => own.LocalGrainManifest;

        public void Hold() => _held = own.Current;

        public void LetGo() => _held = null;
    }
}
