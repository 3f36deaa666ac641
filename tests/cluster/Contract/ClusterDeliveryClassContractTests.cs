using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterDeliveryClassContractTests(ClusterHarness harness) : DeliveryClassContract(harness);
