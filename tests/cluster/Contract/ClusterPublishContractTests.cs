using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterPublishContractTests(ClusterHarness harness) : PublishContract(harness);
