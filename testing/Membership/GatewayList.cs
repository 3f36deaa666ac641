using Orleans.Messaging;
using Orleans.Runtime;

namespace Switchboard.Testing.Membership;

/// <summary>The silos that an edge can connect to: those that the table takes to be alive.</summary>
internal sealed class GatewayList(MembershipTable table) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(1);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>(
    [
        .. table.ReadAll().Members
            .Select(member => member.Item1)
            .Where(member => member.Status == SiloStatus.Active && member.ProxyPort > 0)
            .Select(member => SiloAddress
                .New(member.SiloAddress.Endpoint.Address, member.ProxyPort, member.SiloAddress.Generation)
                .ToGatewayUri()),
    ]);
}
