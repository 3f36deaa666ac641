using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessRecoveryContractTests(InProcessHarness harness)
    : RecoveryContract(harness), IClassFixture<InProcessHarness>;
