using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDurableDeliveryClassContractTests(InProcessHarness harness)
    : DeliveryClassContract(harness), IClassFixture<InProcessHarness>
{
    protected override string Kind => ContractOptions.Durable;
}
