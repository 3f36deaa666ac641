using Switchboard.Contract;

namespace Switchboard.Cluster.Tests.Contract;

[Collection(ContractCluster.Name)]
public sealed class ClusterRoomAdminContractTests(ClusterHarness harness) : RoomAdminContract(harness);
