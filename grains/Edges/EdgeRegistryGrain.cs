using Orleans.Concurrency;
using Orleans.Runtime;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Grains.Edges;

/// <summary>
/// The edges there are. It keeps nothing: when it comes up anew, the edges register again within a renewal, and for the
/// time of a lease nobody is taken for dead.
/// </summary>
[KeepAlive]
[GrainType("switchboard.edges")]
internal sealed class EdgeRegistryGrain(GrainServices services, IClusterMembershipService membership)
    : Grain, IEdgeRegistryGrain
{
    private readonly Dictionary<EdgeId, Lease> _leases = [];
    private readonly long _started = services.Time.GetTimestamp();

    private TimeSpan LeaseTime => services.Options.EdgeLease;

    public ValueTask<RegisterAnswer> RegisterAsync(EdgeRegistration registration)
    {
        RegisterStatus status = registration.ContractVersion != Contract.Version ? RegisterStatus.OtherContract
            : IsTaken(registration) ? RegisterStatus.NameTaken
            : RegisterStatus.Ok;
        if (status == RegisterStatus.Ok)
        {
            _leases[registration.Edge] = new Lease(registration, services.Time.GetTimestamp());
        }

        return new(new RegisterAnswer { Status = status, ContractVersion = Contract.Version, Lease = LeaseTime });
    }

    public ValueTask<RenewAnswer> RenewAsync(EdgeId edge)
    {
        DropLapsed();
        bool known = _leases.TryGetValue(edge, out Lease? lease);
        if (known)
        {
            _leases[edge] = lease! with { Renewed = services.Time.GetTimestamp() };
        }

        return new(new RenewAnswer { Known = known, Silos = Silos() });
    }

    public ValueTask UnregisterAsync(EdgeId edge)
    {
        _leases.Remove(edge);
        return default;
    }

    public ValueTask<EdgeList> ListAsync()
    {
        DropLapsed();
        return new(new EdgeList
        {
            IsComplete = services.Time.GetElapsedTime(_started) > LeaseTime,
            Edges =
            [
                .. _leases.Values.Select(lease => new ListedEdge
                {
                    Edge = lease.Registration.Edge,
                    Sinks = lease.Registration.Sinks,
                    Silence = services.Time.GetElapsedTime(lease.Renewed),
                }),
            ],
        });
    }

    private bool IsTaken(EdgeRegistration registration)
    {
        DropLapsed();
        return _leases.Values.Any(lease =>
            lease.Registration.Name == registration.Name && lease.Registration.Edge != registration.Edge);
    }

    private void DropLapsed()
    {
        foreach ((EdgeId edge, Lease lease) in _leases.ToArray())
        {
            if (services.Time.GetElapsedTime(lease.Renewed) > LeaseTime)
            {
                _leases.Remove(edge);
            }
        }
    }

    private string[] Silos() =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => member.SiloAddress.ToParsableString()),
    ];

    private sealed record Lease(EdgeRegistration Registration, long Renewed);
}
