namespace Switchboard.Gateway.Tests.Contract;

public sealed class InProcessClientContractTests(InProcessClientHarness harness)
    : ClientContract.ClientContract(harness), IClassFixture<InProcessClientHarness>;
