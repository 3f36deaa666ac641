using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterNodeAdminContractTests(ClusterHarness harness) : NodeAdminContract(harness);
