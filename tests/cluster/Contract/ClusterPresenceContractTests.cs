using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterPresenceContractTests(ClusterHarness harness) : PresenceContract(harness);
