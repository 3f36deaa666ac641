namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The same through nginx with round robin: no request finds the edge that the one before it found.</summary>
[Collection(ClientCluster.Name)]
public sealed class ProxiedClientContractTests(ProxiedHarness harness)
    : ClientContract.ClientContract<ProxiedHarness>(harness), IClassFixture<ProxiedHarness>;
