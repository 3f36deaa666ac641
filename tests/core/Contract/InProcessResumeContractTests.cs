using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessResumeContractTests(InProcessHarness harness)
    : ResumeContract(harness), IClassFixture<InProcessHarness>;
