using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class DurableDeliveryClassContractTests(ClusterHarness harness) : DeliveryClassContract(harness)
{
    protected override string Kind => ContractOptions.Durable;
}
