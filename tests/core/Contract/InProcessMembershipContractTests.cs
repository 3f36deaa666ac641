using Switchboard.Contract;

namespace Switchboard.Core.Tests.Contract;

public sealed class InProcessMembershipContractTests(InProcessHarness harness)
    : MembershipContract(harness), IClassFixture<InProcessHarness>;
