using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterGraceContractTests(ClusterHarness harness) : GraceContract(harness);
