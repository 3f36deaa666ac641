using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessOpenContractTests(InProcessHarness harness)
    : OpenContract(harness), IClassFixture<InProcessHarness>;
