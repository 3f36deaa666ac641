using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDurableOrderContractTests(InProcessHarness harness)
    : OrderContract(harness), IClassFixture<InProcessHarness>
{
    protected override string Kind => ContractOptions.Durable;
}
