namespace Switchboard.Gateway.Tests.Contract;

public sealed class InProcessClientContractTests(InProcessClientHarness harness)
    : ClientContract.ClientContract<InProcessClientHarness>(harness), IClassFixture<InProcessClientHarness>;
