using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterForwardContractTests(ClusterHarness harness) : ForwardContract(harness);
