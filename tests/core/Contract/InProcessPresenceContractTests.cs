using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessPresenceContractTests(InProcessHarness harness)
    : PresenceContract(harness), IClassFixture<InProcessHarness>;
