using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessPublishContractTests(InProcessHarness harness)
    : PublishContract(harness), IClassFixture<InProcessHarness>;
