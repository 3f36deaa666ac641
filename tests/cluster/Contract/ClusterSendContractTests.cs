using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterSendContractTests(ClusterHarness harness) : SendContract(harness);
