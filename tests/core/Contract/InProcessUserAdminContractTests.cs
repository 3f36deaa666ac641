using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessUserAdminContractTests(InProcessHarness harness)
    : UserAdminContract(harness), IClassFixture<InProcessHarness>;
