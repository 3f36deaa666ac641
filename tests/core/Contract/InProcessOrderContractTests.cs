using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessOrderContractTests(InProcessHarness harness)
    : OrderContract(harness), IClassFixture<InProcessHarness>;
