using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDurableRecoveryContractTests(InProcessHarness harness)
    : RecoveryContract(harness), IClassFixture<InProcessHarness>
{
    protected override string Kind => ContractOptions.Durable;
}
