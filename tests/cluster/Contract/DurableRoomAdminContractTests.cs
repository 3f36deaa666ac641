using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class DurableRoomAdminContractTests(ClusterHarness harness) : RoomAdminContract(harness)
{
    protected override string Kind => ContractOptions.Durable;
}
