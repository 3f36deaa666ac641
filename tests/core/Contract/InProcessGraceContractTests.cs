using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessGraceContractTests(InProcessHarness harness)
    : GraceContract(harness), IClassFixture<InProcessHarness>;
