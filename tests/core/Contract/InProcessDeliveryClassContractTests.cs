using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDeliveryClassContractTests(InProcessHarness harness)
    : DeliveryClassContract(harness), IClassFixture<InProcessHarness>;
