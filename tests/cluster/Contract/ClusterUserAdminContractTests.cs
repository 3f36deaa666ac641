using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterUserAdminContractTests(ClusterHarness harness) : UserAdminContract(harness);
