using Switchboard.Contract;
using Switchboard.Contract.Harness;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessDurableHistoryContractTests(InProcessHarness harness)
    : HistoryContract(harness), IClassFixture<InProcessHarness>
{
    protected override string Kind => ContractOptions.Durable;
}
