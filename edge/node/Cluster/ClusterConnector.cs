using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.Membership;
using Switchboard.Node.Settings;

namespace Switchboard.Node.Cluster;

/// <summary>
/// Connects an Orleans client. It is no service of the program's own host, whose start would wait for it: the program
/// listens, and says why it is not ready, while there is no silo yet.
/// </summary>
internal sealed class ClusterConnector(ClusterSettings settings, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private const string Npgsql = "Npgsql";

    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(2);

    // A lost packet of the handshake is sent again after one second.
    private static readonly TimeSpan ReachPatience = TimeSpan.FromSeconds(2.5);

    private ServiceProvider? _services;

    /// <summary>Tries for as long as it takes.</summary>
    public async Task<IClusterClient> ConnectAsync(CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddSingleton(loggers);
        services.AddOrleansClient(Configure);
        _services = services.BuildServiceProvider();
        foreach (IHostedService service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(cancellationToken);
        }

        return _services.GetRequiredService<IClusterClient>();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _services, null) is { } services)
        {
            foreach (IHostedService service in services.GetServices<IHostedService>().Reverse())
            {
                await service.StopAsync(CancellationToken.None);
            }

            await services.DisposeAsync();
        }
    }

    private void Configure(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = settings.ClusterId;
            options.ServiceId = settings.ServiceId;
        });
        if (settings.UsesDatabase)
        {
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = Npgsql;
                options.ConnectionString = settings.ConnectionString;
            });
            client.Services.AddSingleton<AdoNetGatewayListProvider>();
            client.Services.AddSingleton<IGatewayListProvider>(services => new ReachableGateways(
                services.GetRequiredService<AdoNetGatewayListProvider>(),
                ReachPatience,
                time,
                loggers.CreateLogger<ReachableGateways>()));
        }
        else
        {
            client.UseStaticClustering(settings.Endpoints);
        }

        // A call that was under way when its silo died is not failed by the client: it waits for this.
        client.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
        client.Configure<Orleans.Configuration.GatewayOptions>(static options => options.GatewayListRefreshPeriod = RefreshPeriod);
        client.Configure<ConnectionOptions>(static options => options.OpenConnectionTimeout = OpenTimeout);
        client.UseConnectionRetryFilter(new ConnectionRetry(
            settings.Place, time, loggers.CreateLogger<ConnectionRetry>()));
    }
}
