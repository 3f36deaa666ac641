using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessIdempotencyContractTests(InProcessHarness harness)
    : IdempotencyContract(harness), IClassFixture<InProcessHarness>;
