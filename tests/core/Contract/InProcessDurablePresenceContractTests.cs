using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDurablePresenceContractTests(InProcessHarness harness)
    : PresenceContract(harness), IClassFixture<InProcessHarness>
{
    protected override string Kind => ContractOptions.Durable;
}
