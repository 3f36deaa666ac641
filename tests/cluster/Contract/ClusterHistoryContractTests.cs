using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterHistoryContractTests(ClusterHarness harness) : HistoryContract(harness);
