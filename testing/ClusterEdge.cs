using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.TestingHost;
using Switchboard.Core.Backplane;
using Switchboard.Node;
using Switchboard.Testing.Faults;
using Switchboard.Testing.Membership;

namespace Switchboard.Testing;

/// <summary>
/// An edge of a <see cref="SwitchboardCluster"/>: a port for clients on the loopback interface, and a connection to the cluster of
/// its own.
/// </summary>
public sealed class ClusterEdge
{
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(2);

    private readonly IHost _host;
    private readonly EdgeGateway? _gateway;

    internal ClusterEdge(
        string name, TestClusterOptions cluster, SwitchboardClusterOptions options, MembershipTable table, CallFaults faults)
    {
        Name = name;
        _host = new HostBuilder()
            .ConfigureLogging(logging => options.ConfigureLogging?.Invoke(logging))
            .UseOrleansClient(client =>
            {
                client.Configure<ClusterOptions>(ids =>
                {
                    ids.ClusterId = cluster.ClusterId;
                    ids.ServiceId = cluster.ServiceId;
                });
                client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
                client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = RefreshPeriod);
                client.Configure<ConnectionOptions>(connections => connections.OpenConnectionTimeout = OpenTimeout);
                client.Services.AddSingleton<IGatewayListProvider>(new GatewayList(table));
                client.AddOutgoingGrainCallFilter(new FaultFilter(faults, this));
            })
            .Build();
        Node = new OrleansBackplane(
            _host.Services.GetRequiredService<IClusterClient>(),
            name,
            options.Clock ?? TimeProvider.System,
            _host.Services.GetRequiredService<ILoggerFactory>());
        _gateway = options.ServesClients ? new EdgeGateway(Node, options) : null;
    }

    /// <summary>The name that it is registered with.</summary>
    public string Name { get; }

    /// <summary>
    /// Where clients reach it, such as <c>http://127.0.0.1:40123</c>; the WebSocket is at its <c>/ws</c>, and it asks for no token
    /// unless the gateway is configured to: <c>?user=ann</c> will do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The cluster's edges have no sockets.</exception>
    public Uri Url => _gateway?.Url
        ?? throw new InvalidOperationException($"{nameof(SwitchboardClusterOptions.ServesClients)} is false: edges have no sockets.");

    /// <summary>What the gateway is attached to; where there is none, attach your own <see cref="IEdge"/>, once.</summary>
    public IBackplane Backplane => Node;

    /// <summary>The same, with what an edge in a cluster knows besides.</summary>
    public OrleansBackplane Node { get; }

    /// <summary>The connection to the cluster: for calls that no edge would make.</summary>
    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>False once it was killed or stopped, or before it was known to the cluster.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Breaks all connections of its clients, as a network does that fails; they may come again at once.</summary>
    public void BreakConnections() => _gateway?.Break();

    internal async Task StartAsync(TimeSpan patience)
    {
        await _host.StartAsync();
        if (_gateway is not null)
        {
            await _gateway.StartAsync();
        }

        using var limit = new CancellationTokenSource(patience);
        await Node.StartAsync(limit.Token);
        IsRunning = true;
    }

    internal async Task StopAsync()
    {
        IsRunning = false;
        if (_gateway is not null)
        {
            await _gateway.StopAsync();
        }

        await Node.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>Ends as a process does that is killed: it neither answers nor renews nor says goodbye.</summary>
    internal async Task KillAsync()
    {
        IsRunning = false;
        await Node.KillAsync();
        if (_gateway is not null)
        {
            await _gateway.KillAsync();
        }

        await Node.DisposeAsync();
        try
        {
            await _host.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // It was told not to wait for anything.
        }

        _host.Dispose();
    }
}
