namespace Switchboard.Cluster.Tests.Clients;

[Collection(ClientCluster.Name)]
public sealed class ClusterClientContractTests(ClusterClientHarness harness)
    : ClientContract.ClientContract<ClusterClientHarness>(harness);
