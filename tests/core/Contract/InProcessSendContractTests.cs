using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessSendContractTests(InProcessHarness harness)
    : SendContract(harness), IClassFixture<InProcessHarness>;
