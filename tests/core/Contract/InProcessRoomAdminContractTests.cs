using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessRoomAdminContractTests(InProcessHarness harness)
    : RoomAdminContract(harness), IClassFixture<InProcessHarness>;
