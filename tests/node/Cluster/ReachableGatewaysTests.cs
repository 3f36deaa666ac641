using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Node.Cluster;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Cluster;

public sealed class ReachableGatewaysTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _one = Start(0);
    private readonly TcpListener _other = Start(0);
    private readonly FakeGateways _listed = new();
    private readonly ReachableGateways _gateways;

    public ReachableGatewaysTests()
    {
        _listed.Listed = [GatewayOf(_one), GatewayOf(_other)];
        _gateways = new ReachableGateways(_listed, Patience, TimeProvider.System, NullLogger<ReachableGateways>.Instance);
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Silo_ThatTakesNoConnection_IsLeftOutUntilItDoes()
    {
        Assert.Equal(_listed.Listed, await _gateways.GetGateways());

        _one.Stop();
        Assert.Equal([_listed.Listed[1]], await _gateways.GetGateways());

        using TcpListener again = Start(_listed.Listed[0].Port);
        Assert.Equal(_listed.Listed, await _gateways.GetGateways());
    }

    [Fact]
    public async Task Silos_ThatAreAllOutOfReach_AreAllLeftOut()
    {
        await _gateways.GetGateways();

        _one.Stop();
        _other.Stop();

        Assert.Empty(await _gateways.GetGateways());
    }

    [Fact]
    public async Task Silos_OfWhichNoneWasEverReached_AreListedForTheClientToTry()
    {
        _one.Stop();
        _other.Stop();

        Assert.Equal(_listed.Listed, await _gateways.GetGateways());
    }

    [Fact]
    public async Task List_ThatCantBeHad_IsTheOneBefore()
    {
        _listed.Fault = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(_gateways.GetGateways);
        _listed.Fault = null;
        await _gateways.GetGateways();

        _listed.Fault = new TimeoutException();
        _one.Stop();

        Assert.Equal([_listed.Listed[1]], await _gateways.GetGateways());
    }

    [Fact]
    public async Task List_IsTheOneThatItIsMadeOf()
    {
        await _gateways.InitializeGatewayListProvider();

        Assert.True(_listed.IsInitialized);
        Assert.Equal((_listed.MaxStaleness, true), (_gateways.MaxStaleness, _gateways.IsUpdatable));
    }

    private static TcpListener Start(int port)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    // As Orleans writes it, with the silo's generation behind it.
    private static Uri GatewayOf(TcpListener listener) => new(string.Create(
        CultureInfo.InvariantCulture, $"gwy.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/154283454"));
}
