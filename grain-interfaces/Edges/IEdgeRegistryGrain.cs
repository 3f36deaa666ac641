using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Edges;

/// <summary>The edges there are, each with a lease that it renews. There is one registry, with key 0.</summary>
[Alias("switchboard.edges")]
public interface IEdgeRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Makes an edge known, or known again.</summary>
    [Alias("register")]
    [ResponseTimeout("00:00:05")]
    ValueTask<RegisterAnswer> RegisterAsync(EdgeRegistration registration);

    /// <summary>Renews a lease.</summary>
    [Alias("renew")]
    [ResponseTimeout("00:00:03")]
    ValueTask<RenewAnswer> RenewAsync(EdgeId edge);

    /// <summary>Ends a lease: the edge has closed its sockets.</summary>
    [Alias("unregister")]
    ValueTask UnregisterAsync(EdgeId edge);

    /// <summary>The edges with a lease, for the silos that call them.</summary>
    [Alias("list")]
    [ResponseTimeout("00:00:03")]
    ValueTask<EdgeList> ListAsync();
}
