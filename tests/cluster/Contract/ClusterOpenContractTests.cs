using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterOpenContractTests(ClusterHarness harness) : OpenContract(harness);
