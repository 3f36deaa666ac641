using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class DurableOpenContractTests(ClusterHarness harness) : OpenContract(harness)
{
    protected override string Kind => ContractOptions.Durable;
}
