using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessNodeAdminContractTests(InProcessHarness harness)
    : NodeAdminContract(harness), IClassFixture<InProcessHarness>;
