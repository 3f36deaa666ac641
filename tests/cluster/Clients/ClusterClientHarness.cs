using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;
using Switchboard.Testing;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>Two edges that clients can reach, in a cluster of two silos.</summary>
public sealed class ClusterClientHarness : ClientHarness, IOffersTransports
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly List<ContractEdge> _gateways = [];
    private SwitchboardCluster? _cluster;

    public static IReadOnlyList<ClientTransport> Offered => ClientTransports.All;

    public override IReadOnlyList<Uri> Edges => [.. _gateways.Select(gateway => gateway.Address)];

    public override IReadOnlyList<Uri> SecureEdges => [.. _gateways.Select(gateway => gateway.SecureAddress)];

    public override async Task InitializeAsync()
    {
        _cluster = await SwitchboardCluster.StartAsync(silos: 2, edges: 2, options =>
        {
            options.Grains.Connections.Grace = Grace;
            options.ServesClients = false;
        });
        foreach (ClusterEdge edge in _cluster.Edges)
        {
            _gateways.Add(await ContractEdge.StartAsync(edge.Backplane, Grace));
        }
    }

    public override async Task DisposeAsync()
    {
        foreach (ContractEdge gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
