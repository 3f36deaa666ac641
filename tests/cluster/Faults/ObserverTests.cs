using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Testing;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>What silos tell of connections and rooms whose edges are several.</summary>
public sealed class ObserverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_OfARoomOnTwoEdges_TellOnceThatItIsOccupiedAndVacated()
    {
        Watch watch = new();
        await using SwitchboardCluster cluster = await SwitchboardCluster.StartAsync(2, 2, options =>
        {
            options.ServesClients = false;
            options.Grains.Connections.Grace = TimeSpan.FromSeconds(1);
            options.ConfigureSilo = silo => silo.Services.AddSingleton<IBackplaneObserver>(watch);
        });
        TestEdge[] edges = [.. cluster.Edges.Select(static edge => new TestEdge(edge.Backplane))];
        RoomName room = new("watched");
        TestConnection ann = await edges[0].OpenAsync(new UserName("ann"));
        Assert.Equal("connected ann", await watch.NextAsync());
        TestConnection bob = await edges[1].OpenAsync(new UserName("bob"));
        Assert.Equal("connected bob", await watch.NextAsync());

        await ann.JoinAsync(room);
        Assert.Equal("occupied watched", await watch.NextAsync());
        await bob.JoinAsync(room);
        await ann.CloseAsync();
        Assert.Equal("disconnected ann Closed", await watch.NextAsync());
        await bob.DetachAsync();
        string[] last = [await watch.NextAsync(), await watch.NextAsync()];

        Assert.Equal(["disconnected bob Expired", "vacated watched"], last.Order());
    }

    private sealed class Watch : IBackplaneObserver
    {
        private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

        public async Task<string> NextAsync()
        {
            using CancellationTokenSource limit = new(Patience);
            return await _events.Reader.ReadAsync(limit.Token);
        }

        public void OnConnected(ConnectionId connection, UserName user) => _events.Writer.TryWrite($"connected {user}");

        public void OnDisconnected(ConnectionId connection, UserName user, DisconnectCause cause) =>
            _events.Writer.TryWrite($"disconnected {user} {cause}");

        public void OnOccupied(RoomName room) => _events.Writer.TryWrite($"occupied {room}");

        public void OnVacated(RoomName room) => _events.Writer.TryWrite($"vacated {room}");
    }
}
