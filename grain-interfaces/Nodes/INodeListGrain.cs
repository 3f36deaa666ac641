using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Nodes;

/// <summary>Knows all nodes of the cluster, for operators. Any silo answers; the key is 0.</summary>
[Alias("switchboard.nodes")]
public interface INodeListGrain : IGrainWithIntegerKey
{
    /// <summary>Asks every node how it is.</summary>
    [Alias("list")]
    [ResponseTimeout("00:00:08")]
    ValueTask<NodeList> ListAsync();

    /// <summary>A page of the connections whose socket is at an edge.</summary>
    /// <param name="node">The edge.</param>
    /// <param name="after">Only connections behind this id; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    [Alias("connections")]
    [ResponseTimeout("00:00:08")]
    ValueTask<ConnectionPage> ListConnectionsAsync(string node, string? after, int limit);

    /// <summary>Begins to empty an edge or a silo, as of <see cref="IBackplaneAdmin.DrainAsync"/>.</summary>
    [Alias("drain")]
    [ResponseTimeout("00:00:08")]
    ValueTask<BackplaneStatus> DrainAsync(string node);
}
