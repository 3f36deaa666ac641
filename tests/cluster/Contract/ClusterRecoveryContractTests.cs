using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterRecoveryContractTests(ClusterHarness harness) : RecoveryContract(harness);
