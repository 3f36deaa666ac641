using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterMembershipContractTests(ClusterHarness harness) : MembershipContract(harness);
