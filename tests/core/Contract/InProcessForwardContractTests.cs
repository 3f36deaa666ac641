using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessForwardContractTests(InProcessHarness harness)
    : ForwardContract(harness), IClassFixture<InProcessHarness>;
