using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessHistoryContractTests(InProcessHarness harness)
    : HistoryContract(harness), IClassFixture<InProcessHarness>;
