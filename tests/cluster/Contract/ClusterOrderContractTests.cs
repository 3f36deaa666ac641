using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterOrderContractTests(ClusterHarness harness) : OrderContract(harness);
