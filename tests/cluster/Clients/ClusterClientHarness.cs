using Switchboard.ClientContract.Harness;
using Switchboard.Testing;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>Two edges that clients can reach, in a cluster of two silos.</summary>
public sealed class ClusterClientHarness : ClientHarness
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private SwitchboardCluster? _cluster;

    public override IReadOnlyList<Uri> Edges => [.. _cluster!.Edges.Select(edge => edge.Url)];

    public override async Task InitializeAsync() => _cluster = await SwitchboardCluster.StartAsync(
        silos: 2, edges: 2, options => options.Grains.Connections.Grace = Grace);

    public override async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
