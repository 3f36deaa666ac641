using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterIdempotencyContractTests(ClusterHarness harness) : IdempotencyContract(harness);
