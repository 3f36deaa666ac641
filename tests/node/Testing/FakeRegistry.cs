using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Node.Tests.Testing;

/// <summary>The registry, as a test sets it.</summary>
internal sealed class FakeRegistry : IEdgeRegistryGrain
{
    private int _registrations;
    private int _renewals;

    public RegisterStatus Status { get; set; }

    public int ContractVersion { get; set; } = Contract.Version;

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    public bool Known { get; set; } = true;

    public string[] Silos { get; set; } = ["a", "b"];

    public Exception? Fault { get; set; }

    public int Registrations => Volatile.Read(ref _registrations);

    public int Renewals => Volatile.Read(ref _renewals);

    public EdgeRegistration? Registered { get; private set; }

    public EdgeId? Unregistered { get; private set; }

    public ValueTask<RegisterAnswer> RegisterAsync(EdgeRegistration registration)
    {
        Interlocked.Increment(ref _registrations);
        if (Fault is not null)
        {
            throw Fault;
        }

        Registered = registration;
        Known |= Status == RegisterStatus.Ok;
        return new(new RegisterAnswer { Status = Status, ContractVersion = ContractVersion, Lease = Lease });
    }

    public ValueTask<RenewAnswer> RenewAsync(EdgeId edge)
    {
        Interlocked.Increment(ref _renewals);
        return Fault is not null ? throw Fault : new(new RenewAnswer { Known = Known, Silos = Silos });
    }

    public ValueTask UnregisterAsync(EdgeId edge)
    {
        Unregistered = edge;
        return default;
    }

    public ValueTask<EdgeList> ListAsync() => throw new NotSupportedException("edges don't ask");
}
