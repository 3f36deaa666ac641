using System.Globalization;
using Switchboard.ClientContract;
using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;
using Switchboard.Cluster.Tests.Rig;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>Clients without a WebSocket in a durable room, while a silo or an edge dies: what was acknowledged arrives once, in order.</summary>
public sealed class FallbackFaultTests : IAsyncLifetime
{
    private const int Leg = 30;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private readonly List<ContractEdge> _gateways = [];
    private FaultRig? _rig;

    public async Task InitializeAsync()
    {
        _rig = await FaultRig.StartAsync(silos: 2, edges: 2, Grace, Lease, attach: false);
        foreach (Testing.ClusterEdge edge in _rig.Cluster.Edges)
        {
            _gateways.Add(await ContractEdge.StartAsync(edge.Backplane, Grace));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (ContractEdge gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        if (_rig is not null)
        {
            await _rig.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fallbacks_ASiloIsKilled_GetEverythingOnceInOrder(bool isTheRoomsOwn)
    {
        string room = Names.Unused(FaultRig.Durable + ":");
        await using Party party = await StartAsync(room, "long-polling", "sse");
        int? home = await _rig!.Cluster.FindSiloAsync(new Core.Identifiers.RoomName(room));

        await _rig.Cluster.KillSiloAsync(isTheRoomsOwn ? home!.Value : 1 - home!.Value);
        await _rig.Cluster.WaitForSilosAsync();

        await party.FinishAsync();
    }

    [Fact]
    public async Task Fallbacks_AnEdgeIsKilled_GetEverythingOnceInOrder()
    {
        string room = Names.Unused(FaultRig.Durable + ":");
        await using Party party = await StartAsync(room, "long-polling", "sse");

        await _rig!.Cluster.KillEdgeAsync(1);
        await _gateways[1].KillAsync();

        await party.FinishAsync();
        Assert.All(party.Receivers, receiver => Assert.True(receiver.Resumes > 0));
    }

    // The publisher is on the edge that lives; the others go by turns, and the stream is on the one that dies.
    private async Task<Party> StartAsync(string room, params string[] transports)
    {
        ContractClient publisher = await ContractClient.ConnectAsync(ClientTransports.WebSocket, From(0), "publisher");
        await publisher.JoinAsync(room);
        List<SteadyClient> receivers = [];
        foreach (string transport in transports)
        {
            Task<ContractClient> ConnectAsync() => ContractClient.ConnectAsync(ClientTransports.Get(transport), From(1), transport);
            ContractClient client = await ConnectAsync();
            receivers.Add(new SteadyClient(client, await client.JoinAsync(room), () => From(receivers.Count), ConnectAsync));
        }

        Party party = new(publisher, RunningPublisher.Start(publisher, room), receivers);
        await Task.WhenAll(receivers.Select(receiver => receiver.CountAsync(Leg, "before the death")));
        return party;
    }

    private ClientRoute From(int first) => new([.. _gateways.Select(gateway => gateway.Address)], [], first);

    private sealed class Party(ContractClient client, RunningPublisher publisher, IReadOnlyList<SteadyClient> receivers)
        : IAsyncDisposable
    {
        public IReadOnlyList<SteadyClient> Receivers => receivers;

        public async Task FinishAsync()
        {
            int before = publisher.Acknowledged;
            await publisher.ReachAsync(before + Leg);
            int all = await publisher.StopAsync();
            foreach (SteadyClient receiver in receivers)
            {
                await receiver.CountAsync(all, "of all that were acknowledged");
                Assert.Equal(Enumerable.Range(0, all).Select(i => i.ToString(CultureInfo.InvariantCulture)), receiver.Received);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await publisher.DisposeAsync();
            foreach (SteadyClient receiver in receivers)
            {
                await receiver.DisposeAsync();
            }

            await client.DisposeAsync();
        }
    }
}
